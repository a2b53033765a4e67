using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Tests;

/// <summary>The server's end and the controllers' end of a broker as one bus.</summary>
internal sealed class BothEnds(MqttBus server, MqttControllers controllers) : IFieldBus
{
    public MqttBus Server => server;

    public MqttControllers Controllers => controllers;

    public BusCounts Frames => server.Frames with { Published = controllers.Frames.Published };

    public BusCounts Plans => controllers.Plans with { Published = server.Plans.Published };

    public event Action<BusError>? Errors
    {
        add
        {
            server.Errors += value;
            controllers.Errors += value;
        }

        remove
        {
            server.Errors -= value;
            controllers.Errors -= value;
        }
    }

    public ValueTask PublishFrameAsync(Frame frame, CancellationToken cancel = default) => controllers.PublishFrameAsync(frame, cancel);

    public ValueTask PublishPlanAsync(PhasePlan plan, CancellationToken cancel = default) => server.PublishPlanAsync(plan, cancel);

    public ValueTask PublishAnswerAsync(IntersectionId intersection, PriorityAnswer answer, CancellationToken cancel = default) => server.PublishAnswerAsync(intersection, answer, cancel);

    public ValueTask PublishModeAsync(IntersectionId intersection, ModeOrder order, CancellationToken cancel = default) => server.PublishModeAsync(intersection, order, cancel);

    public IDisposable SubscribeFrames(Action<Frame> handler, IntersectionId? intersection = null) => server.SubscribeFrames(handler, intersection);

    public IDisposable SubscribePlans(Action<PhasePlan> handler, IntersectionId? intersection = null) => controllers.SubscribePlans(handler, intersection);

    public async ValueTask DisposeAsync()
    {
        await controllers.DisposeAsync();
        await server.DisposeAsync();
    }
}
