namespace TrafficAI.FieldBus.Conformance;

/// <summary>A frame as it was heard.</summary>
/// <param name="IsLate">It came with a backlog.</param>
/// <param name="Link">How often the kit had broken the link or rebooted before.</param>
internal sealed record HeardFrame(Wire.Frame Frame, TimeSpan At, bool IsLate, int Link);

/// <summary>A plan that was accepted.</summary>
/// <param name="After">Sequence of the newest frame at its receipt.</param>
internal sealed record AcceptedPlan(Wire.Plan Plan, ulong After);

/// <summary>A backlog message.</summary>
/// <param name="AfterFrames">Frames that had been heard before it as they were published.</param>
/// <param name="Link">How often the kit had broken the link or rebooted before.</param>
internal sealed record HeardBacklog(Wire.Backlog Message, int AfterFrames, int Link);

/// <summary>All that was heard of a controller and sent to it, as far as verdicts need it.</summary>
internal sealed class Transcript
{
    private readonly List<HeardFrame> frames = [];

    public List<AcceptedPlan> Plans { get; } = [];

    public List<(Wire.Presence Message, TimeSpan At, int Link)> Presences { get; } = [];

    public List<(Wire.Alarm Message, int Link)> Alarms { get; } = [];

    public List<Wire.PriorityRequest> Requests { get; } = [];

    public List<HeardBacklog> Backlogs { get; } = [];

    /// <summary>The bytes of its configurations, with the link on which they came.</summary>
    public List<(byte[] Payload, TimeSpan At, int Link)> Configurations { get; } = [];

    /// <summary>Frames in the order in which they came.</summary>
    public IReadOnlyList<HeardFrame> Frames => frames;

    /// <summary>Times that the kit has broken the link or rebooted.</summary>
    public int Link { get; set; }

    /// <summary>The minor version of the contract that the controller says to speak.</summary>
    public uint Minor => Presences.Select(presence => presence.Message.ContractMinor).LastOrDefault();

    public Wire.Frame? Newest { get; private set; }

    public void Add(Wire.Frame frame, TimeSpan at)
    {
        Newest = frame;
        frames.Add(new(frame, at, IsLate: false, Link));
    }

    public void Add(Wire.Backlog backlog, TimeSpan at)
    {
        Backlogs.Add(new(backlog, frames.Count(heard => !heard.IsLate), Link));
        foreach (var bytes in backlog.Frames) frames.Add(new(Wire.Frame.Parser.ParseFrom(bytes), at, IsLate: true, Link));
    }

    /// <summary>The frames of each boot by rising sequence, each sequence once; the boots in the order in which they came.</summary>
    public IEnumerable<IReadOnlyList<HeardFrame>> Boots() => frames
        .GroupBy(heard => heard.Frame.Boot)
        .Select(boot => boot.GroupBy(heard => heard.Frame.Sequence).OrderBy(same => same.Key).Select(same => same.First()).ToList());
}
