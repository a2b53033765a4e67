using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace TrafficAI.Simulation.Model;

/// <summary>Tells the processor what will be looked at soon, so that it waits less for memory. Changes nothing but time; does nothing on processors
/// other than x86-64.</summary>
internal static class Ahead
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(ref readonly T value)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in value)));
    }
}
