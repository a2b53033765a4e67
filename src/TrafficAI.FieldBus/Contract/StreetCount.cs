using TrafficAI.FieldBus.Sessions;

namespace TrafficAI.FieldBus;

/// <summary>How the street seconds of a server stand to the count of one controller. The second that a frame names is believed once, at the
/// first frame of a boot, unless the street around stands elsewhere; from then on only its sequence counts, so that no clock and no broken frame
/// moves the street seconds.</summary>
/// <remarks>See "Street seconds" in the specification. Not thread-safe.</remarks>
public sealed class StreetCount
{
    /// <summary>A sequence may run ahead of the newest by so much, and the second of a new boot of the last of the old one; more must be
    /// confirmed by <see cref="Confirmations"/> frames in a row.</summary>
    public const int LargestStep = 3600;

    public const int Confirmations = 3;

    /// <summary>A clock may be wrong by so many seconds; by more, the second of the other controllers is taken.</summary>
    public const int LargestClockError = 2;

    private const int MostBoots = 17;

    private readonly List<KnownBoot> boots;
    private ulong candidateBoot;
    private ulong candidateNext;
    private int candidateFrames;

    public StreetCount()
        : this(KnownController.None)
    {
    }

    /// <param name="known">From before: the count goes on.</param>
    public StreetCount(KnownController known) => (boots, LastSecond) = ([.. known.Boots.TakeLast(MostBoots)], known.LastSecond);

    /// <summary>The boot believed in; 0 before the first frame.</summary>
    public ulong Boot => boots.Count == 0 ? 0 : boots[^1].Boot;

    /// <summary>The newest street second; null before the first frame.</summary>
    public long? LastSecond { get; private set; }

    /// <summary>The newest sequence of that boot.</summary>
    public ulong Newest => LastSecond is { } last && Boot != 0 ? (ulong)Math.Max(0, last - boots[^1].Anchor) : 0;

    /// <summary>Takes in the next frame.</summary>
    /// <param name="frame">One that keeps the grammar.</param>
    /// <param name="second">Its street second, when the answer is true; seconds never fall but for a frame that comes late or again.</param>
    /// <param name="street">The street second at which the other controllers stand, or null; asked at the first frame of a boot.</param>
    public bool TryTake(Wire.Frame frame, out long second, out Refusal? refusal, Func<long?>? street = null)
    {
        (second, refusal) = (0, null);
        if (AnchorOf(frame.Boot) is null) Begin(frame, street?.Invoke());
        else if (frame.Boot != Boot || frame.Sequence > Newest + LargestStep)
        {
            if (!IsConfirmed(frame))
            {
                refusal = new(frame.Boot == Boot ? Wire.Outcome.UnknownBase : Wire.Outcome.OtherBoot,
                    $"frame {frame.Sequence} of boot {frame.Boot:x16} does not follow frame {Newest} of boot {Boot:x16}; it takes {Confirmations} in a row");
                return false;
            }

            if (frame.Boot != Boot) Begin(frame, street?.Invoke());
        }

        candidateFrames = 0;
        second = SecondOf(frame.Sequence);
        LastSecond = Math.Max(LastSecond ?? second, second);
        return true;
    }

    /// <summary>The street second of a sequence of the boot.</summary>
    public long SecondOf(ulong sequence) => boots[^1].Anchor + (long)sequence;

    /// <summary>The street second of a sequence of any boot heard; null when that boot was not.</summary>
    public long? SecondOf(ulong boot, ulong sequence) => AnchorOf(boot) + (long)sequence;

    /// <summary>The sequence of a street second.</summary>
    /// <returns>Null when the controller has not been heard yet, or the second lies before its count.</returns>
    public ulong? SequenceOf(long second) => Boot != 0 && second >= boots[^1].Anchor ? (ulong)(second - boots[^1].Anchor) : null;

    private long? AnchorOf(ulong boot)
    {
        foreach (var known in boots)
        {
            if (known.Boot == boot) return known.Anchor;
        }

        return null;
    }

    private void Begin(Wire.Frame frame, long? street)
    {
        var second = street is { } others && Math.Abs(others - frame.Second) > LargestClockError ? others : frame.Second;
        if (LastSecond is { } last && (second <= last || second > last + LargestStep)) second = last + 1;
        boots.RemoveAll(known => known.Boot == frame.Boot);
        boots.Add(new(frame.Boot, second - (long)frame.Sequence));
        if (boots.Count > MostBoots) boots.RemoveAt(0);
    }

    private bool IsConfirmed(Wire.Frame frame)
    {
        var follows = candidateFrames > 0 && frame.Boot == candidateBoot && frame.Sequence == candidateNext;
        candidateFrames = follows ? candidateFrames + 1 : 1;
        (candidateBoot, candidateNext) = (frame.Boot, frame.Sequence + 1);
        return candidateFrames >= Confirmations;
    }
}
