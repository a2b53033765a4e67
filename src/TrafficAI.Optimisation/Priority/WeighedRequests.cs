using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Priority;

/// <summary>Buses that ask for a signal group: their waiting counts for more where the strategy weighs it, by persons and lateness (<see cref="VehicleWeight"/>). Nothing is pre-empted.
/// A group whose buses have counted for <see cref="LongestSeconds"/> rests for as long.</summary>
internal sealed class WeighedRequests
{
    /// <summary>So long the buses of one group count at a stretch.</summary>
    public const int LongestSeconds = 120;

    private readonly RequestBook book;
    private readonly ImmutableArray<ImmutableArray<int>> lanesOf;
    private readonly ServiceCredit[] credits;
    private readonly bool[] isUsed;
    private readonly List<AskedVehicle> asked = [];
    private readonly HashSet<(ulong Boot, uint Number)> told = [];

    public WeighedRequests(IntersectionModel model, RequestBook book)
    {
        this.book = book;
        lanesOf = [.. model.Signals.Groups.Select(group => model.Movements.Where(m => m.Group == group.Index).Select(m => m.StopLane).Distinct().Order().ToImmutableArray())];
        credits = [.. model.Signals.Groups.Select(_ => new ServiceCredit(LongestSeconds))];
        isUsed = new bool[credits.Length];
    }

    /// <summary>The vehicles that count for more in a decision. To be called once a decision, in rising seconds; valid until then.</summary>
    public List<AskedVehicle> Weigh(in Situation situation)
    {
        asked.Clear();
        Array.Clear(isUsed);
        for (var i = book.Running.Length - 1; i >= 0; i--)
            if (book.Running[i].Class == ObjectClass.Bus) Weigh(book.Running[i], situation);
        for (var group = 0; group < credits.Length; group++) credits[group].Pass(isUsed[group]);
        if (told.Count > 0) told.RemoveWhere(name => book.Find(name) is null);
        return asked;
    }

    private void Weigh(in PriorityRequest request, in Situation situation)
    {
        if (IsServed(request, situation))
        {
            book.End(request, PriorityProgress.Completed, "its group was green when it came");
            return;
        }

        if (request.ArrivesAt - situation.ActsAt > RolloutRun.HorizonSeconds || credits[request.Group].IsSpent) return;
        var weight = VehicleWeight.Of(request.Persons, request.LateSeconds);
        asked.Add(new(request, weight));
        isUsed[request.Group] = true;
        if (told.Add(RequestBook.Name(request)))
            book.Answer(request, PriorityProgress.Activated, string.Create(CultureInfo.InvariantCulture, $"its waiting counts as that of {weight:0.0} cars"));
    }

    /// <summary>As for any vehicle, and no bus is in sight on its lanes any more: a long queue takes more than one green.</summary>
    private bool IsServed(in PriorityRequest request, in Situation situation) =>
        PriorityRequests.HasHadGreen(request, situation) && !IsInSight(lanesOf[request.Group], situation.Picture);

    private static bool IsInSight(ImmutableArray<int> lanes, TrafficPicture picture)
    {
        foreach (var lane in lanes)
        {
            foreach (var vehicle in picture.Lanes[lane].Vehicles)
                if (vehicle.Class == ObjectClass.Bus) return true;
        }

        return false;
    }
}
