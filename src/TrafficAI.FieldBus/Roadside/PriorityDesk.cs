namespace TrafficAI.FieldBus;

/// <summary>The priority requests of one controller that have not come to an end.</summary>
internal sealed class PriorityDesk
{
    private readonly SortedDictionary<uint, Wire.PriorityRequest> running = [];
    private uint newest;

    /// <summary>Somebody asks.</summary>
    public Wire.PriorityRequest Ask(VehicleAsk ask)
    {
        var request = new Wire.PriorityRequest
        {
            Request = ++newest, Group = ask.Group, Class = (Wire.ObjectClass)(ask.Class + 1), ArrivesInSeconds = ask.ArrivesInSeconds, State = Wire.PriorityState.Requested,
        };
        if (ask.Persons is { } persons) request.Persons = (uint)persons;
        if (ask.LateSeconds is { } late) request.LateSeconds = late;
        running.Add(request.Request, request);
        return request;
    }

    /// <summary>Whoever asked does so no more; null when he had been answered for good.</summary>
    public Wire.PriorityRequest? Cancel(uint request)
    {
        if (!running.Remove(request, out var found)) return null;
        found.State = Wire.PriorityState.Cancelled;
        return found;
    }

    public bool Knows(uint request) => running.ContainsKey(request);

    /// <summary>The server has answered.</summary>
    public void Hear(Wire.PriorityAnswer answer)
    {
        if (answer.State is Wire.PriorityState.Completed or Wire.PriorityState.Rejected or Wire.PriorityState.Stale or Wire.PriorityState.Cancelled) running.Remove(answer.Request);
        else if (running.TryGetValue(answer.Request, out var request)) request.State = answer.State;
    }
}
