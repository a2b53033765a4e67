namespace TrafficAI.FieldBus;

/// <summary>How the street seconds of a server stand to the count of one controller. The second that a frame names is believed once, at the
/// first frame of a boot; from then on only its sequence counts, so that no clock and no broken frame moves the street seconds.</summary>
/// <remarks>See "Street seconds" in the specification. Not thread-safe.</remarks>
public sealed class StreetCount
{
    /// <summary>A sequence may run ahead of the newest by so much, and the second of a new boot of the last of the old one; more must be
    /// confirmed by <see cref="Confirmations"/> frames in a row.</summary>
    public const int LargestStep = 3600;

    public const int Confirmations = 3;

    private const int MostBoots = 16;

    private readonly List<ulong> earlier = [];
    private ulong candidateBoot;
    private ulong candidateNext;
    private int candidateFrames;
    private long anchor;

    /// <summary>The boot believed in; 0 before the first frame.</summary>
    public ulong Boot { get; private set; }

    /// <summary>The newest sequence of that boot.</summary>
    public ulong Newest { get; private set; }

    /// <summary>Takes in the next frame.</summary>
    /// <param name="frame">One that keeps the grammar.</param>
    /// <param name="second">Its street second, when the answer is true; seconds never fall but for a frame that comes late or again.</param>
    public bool TryTake(Wire.Frame frame, out long second, out Refusal? refusal)
    {
        (second, refusal) = (0, null);
        if (Boot == 0 || (frame.Boot != Boot && !earlier.Contains(frame.Boot))) Begin(frame);
        else if (frame.Boot != Boot || frame.Sequence > Newest + LargestStep)
        {
            if (!IsConfirmed(frame))
            {
                refusal = new(frame.Boot == Boot ? Wire.Outcome.UnknownBase : Wire.Outcome.OtherBoot,
                    $"frame {frame.Sequence} of boot {frame.Boot:x16} does not follow frame {Newest} of boot {Boot:x16}; it takes {Confirmations} in a row");
                return false;
            }

            if (frame.Boot != Boot) Begin(frame);
        }

        candidateFrames = 0;
        Newest = Math.Max(Newest, frame.Sequence);
        second = SecondOf(frame.Sequence);
        return true;
    }

    /// <summary>The street second of a sequence of the boot.</summary>
    public long SecondOf(ulong sequence) => anchor + (long)sequence;

    /// <summary>The sequence of a street second.</summary>
    /// <returns>Null when the controller has not been heard yet, or the second lies before its count.</returns>
    public ulong? SequenceOf(long second) => Boot != 0 && second >= anchor ? (ulong)(second - anchor) : null;

    private void Begin(Wire.Frame frame)
    {
        var second = frame.Second;
        if (Boot != 0)
        {
            var last = SecondOf(Newest);
            if (second <= last || second > last + LargestStep) second = last + 1;
            earlier.Remove(frame.Boot);
            earlier.Add(Boot);
            if (earlier.Count > MostBoots) earlier.RemoveAt(0);
        }

        (Boot, Newest, anchor) = (frame.Boot, frame.Sequence, second - (long)frame.Sequence);
    }

    private bool IsConfirmed(Wire.Frame frame)
    {
        var follows = candidateFrames > 0 && frame.Boot == candidateBoot && frame.Sequence == candidateNext;
        candidateFrames = follows ? candidateFrames + 1 : 1;
        (candidateBoot, candidateNext) = (frame.Boot, frame.Sequence + 1);
        return candidateFrames >= Confirmations;
    }
}
