using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>The alarms of one controller: what stands, and what has begun or ended since the last look.</summary>
internal sealed class AlarmBoard
{
    /// <summary>Seconds from the last bad order to the end of its alarm.</summary>
    public const long ForgedSeconds = 60;

    private readonly SortedDictionary<(Wire.Alarm.Types.Kind Kind, uint Component), string> standing = [];
    private long forgedUntil = long.MinValue;

    /// <summary>An order failed the signature or the grammar.</summary>
    /// <param name="second">Of the newest frame.</param>
    public void Forged(long second) => forgedUntil = second + ForgedSeconds;

    /// <summary>All that stands, as an alarm each.</summary>
    public IEnumerable<Wire.Alarm> Standing() => standing.Select(alarm => Of(alarm.Key, alarm.Value, active: true));

    /// <summary>What has begun or ended by the frame of a second.</summary>
    public IReadOnlyList<Wire.Alarm> Look(VirtualController controller, long second)
    {
        var changes = new List<Wire.Alarm>();
        var now = Now(controller, second).ToDictionary(alarm => alarm.Key, alarm => alarm.Text);
        foreach (var (key, text) in standing.Where(alarm => !now.ContainsKey(alarm.Key)).ToList())
        {
            standing.Remove(key);
            changes.Add(Of(key, text, active: false));
        }

        foreach (var (key, text) in now)
            if (standing.TryAdd(key, text)) changes.Add(Of(key, text, active: true));
        return changes;
    }

    private IEnumerable<((Wire.Alarm.Types.Kind, uint) Key, string Text)> Now(VirtualController controller, long second)
    {
        if (controller.Violation is { } violation) yield return ((Wire.Alarm.Types.Kind.Violation, (uint)violation.GroupA + 1), violation.Text);
        else if (controller.Mode == ControlMode.Fault) yield return ((Wire.Alarm.Types.Kind.Lamp, 0), "the device has failed and flashes");
        if (second < forgedUntil) yield return ((Wire.Alarm.Types.Kind.ForgedOrders, 0), "orders that fail the signature or the grammar");
    }

    private static Wire.Alarm Of((Wire.Alarm.Types.Kind Kind, uint Component) key, string text, bool active) =>
        new() { Kind = key.Kind, Component = key.Component, Active = active, Text = text };
}
