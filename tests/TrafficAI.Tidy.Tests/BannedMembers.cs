using System.Text.RegularExpressions;

namespace TrafficAI.Tidy.Tests;

/// <summary>What the core may not use, since a decision must come out the same, bit for bit, on every machine and in every run.</summary>
internal static partial class BannedMembers
{
    public static IEnumerable<string> In(IEnumerable<string> used) => used.Where(name => Banned().IsMatch(name));

    private const string Clock =
        @"System\.DateTime(Offset)?\.get_(Now|UtcNow|Today)|System\.Environment\.get_TickCount(64)?|System\.(Diagnostics\.Stopwatch|TimeProvider)";

    private const string Chance = @"System\.Random|System\.Guid\.(NewGuid|CreateVersion7)|System\.Security\.Cryptography\.RandomNumberGenerator";

    private const string Machine =
        @"System\.Environment\.(get_ProcessorCount|get_MachineName|GetEnvironmentVariables?)|System\.Globalization\.CultureInfo\.get_Current(UI)?Culture"
        + "|a function of a native library";

    private const string Hash =
        @"System\.HashCode|System\.(String|StringComparer)\.GetHashCode|System\.Runtime\.CompilerServices\.RuntimeHelpers\.GetHashCode"
        + @"|System\.Collections\.(Generic|Immutable|Frozen|Concurrent)\.(Concurrent|Immutable|Frozen)?(Dictionary|HashSet)`\d\.(GetEnumerator|Enumerator|get_Keys|get_Values|KeyCollection|ValueCollection)";

    private const string LibraryMathematics =
        @"System\.(Math|Double|Single|Half)\.(Exp|Exp2|Exp10|ExpM1|Log|Log2|Log10|LogP1|Pow|Cbrt|RootN|Hypot|A?(Sin|Cos|Tan)h?(Pi)?|SinCos(Pi)?|Atan2(Pi)?)|System\.MathF";

    private const string Rounding =
        @"System\.[\w.`]+\.(FusedMultiplyAdd|MultiplyAddEstimate|Reciprocal(Sqrt)?Estimate)|System\.Runtime\.Intrinsics\.X86\.Fma|System\.Numerics\.Vector(`1)?";

    private const string World =
        @"System\.IO\.(File|FileInfo|FileStream|Directory|DirectoryInfo)|System\.Console|System\.Net\.[\w.]+|System\.Diagnostics\.Process"
        + @"|System\.Threading\.(Thread|ThreadPool|Timer|Tasks\.Parallel|Tasks\.TaskFactory|Tasks\.Task\.(Run|Delay))";

    [GeneratedRegex($@"^({Clock}|{Chance}|{Machine}|{Hash}|{LibraryMathematics}|{Rounding}|{World})(\.|$)")]
    private static partial Regex Banned();
}
