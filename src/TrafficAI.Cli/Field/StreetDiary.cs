using System.Globalization;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Field;

/// <summary>What the controllers of a street know themselves of each second, whatever a server hears of it: lines of values with tabs between them, under a line of names.</summary>
/// <remarks>One line a controller and street second: the second of which the lamps are shown; the right wall time in ms since 1970; whether the broker is reached; who drives, phase, the phase
/// after it in a passage, and seconds in it; a letter per group (<see cref="LampLetters"/>); epoch and sequence of the plan held and the seconds left of its lease; plans accepted, and orders
/// refused since the line before; what the monitor objects to.</remarks>
public sealed class StreetDiary : IDisposable
{
    private readonly MqttControllers bus;
    private readonly StreamWriter to;
    private readonly Dictionary<IntersectionId, long> forged = [];

    /// <param name="path">The file, written anew.</param>
    public StreetDiary(string path, MqttControllers bus)
    {
        (this.bus, to) = (bus, File.CreateText(path));
        to.WriteLine("second\tintersection\twall\tlink\tmode\tphase\tnext\telapsed\tlamps\tepoch\tsequence\tlease\taccepted\trefused\tmonitor");
    }

    /// <summary>Writes a second of one controller.</summary>
    public void Write(VirtualController controller, int accepted, int refused)
    {
        var (id, state) = (controller.Signals.Id, controller.State);
        to.WriteLine(string.Join('\t', new object?[]
        {
            controller.Second, id, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), bus.IsUp(id) ? "up" : "down", LampLetters.Of(controller.Mode), state.Phase, state.Next, state.Elapsed,
            LampLetters.Of(state.Lamps), controller.Held?.Epoch, controller.Held?.Sequence, controller.LeaseLeft, accepted, refused + Forged(id), controller.Violation?.Text ?? "safe",
        }.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))));
    }

    public void Dispose() => to.Dispose();

    /// <summary>Orders that came to no judgement of the controller since the last time.</summary>
    private long Forged(IntersectionId id)
    {
        var now = bus.CountsOf(id).Refused;
        var since = now - forged.GetValueOrDefault(id);
        forged[id] = now;
        return since;
    }
}
