using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>Shares the lanes among workers, phase by phase. In each phase a worker writes only what belongs to its own lanes, and what
/// is handed over is handed over in the order of the lanes: the result does not depend on the number of workers.</summary>
internal sealed class Crew
{
    private const int StepsBetweenShares = 16;
    private const int StepsBetweenSorts = 16;

    private readonly StreetState street;
    private readonly IWorkers workers;
    private readonly SlotSorter sorter;
    private readonly ItemList[] items;
    private readonly Planner[] planners;
    private readonly Mover[] movers;
    private readonly LaneChanger[] changers;
    private readonly int[] firstEdge;
    private readonly int[] firstLaneOfEdge;
    private readonly List<int> lapped = [];
    private readonly LaneSet wide;
    private readonly Action<int> plan;
    private readonly Action<int> move;
    private readonly Action<int> change;
    private readonly Action<int> ends;

    public Crew(StreetState street, IWorkers workers)
    {
        (this.street, this.workers, sorter, wide) = (street, workers, new(street), FindWide(street));
        items = [.. Enumerable.Range(0, workers.Count).Select(_ => new ItemList())];
        planners = [.. Enumerable.Range(0, workers.Count).Select(worker => new Planner(street, items[worker], worker))];
        movers = [.. Enumerable.Range(0, workers.Count).Select(worker => new Mover(street, items[worker]))];
        changers = [.. Enumerable.Range(0, workers.Count).Select(_ => new LaneChanger(street))];
        firstEdge = new int[workers.Count + 1];
        firstLaneOfEdge = [.. street.Map.Network.Edges.Select(edge => edge.Lanes[0]), street.Map.Lanes.Length];
        (plan, move, change, ends) = (PlanPart, MovePart, ChangePart, FindEnds);
        Share();
    }

    /// <summary>Takes up a state that was put back.</summary>
    public void Resume()
    {
        street.FindUsed();
        street.Touched.AddAll(street.Used);
        lapped.Clear();
        for (var lane = 0; lane < street.Lapping.Length; lane++) if (street.Lapping[lane] >= 0) lapped.Add(lane);
        Share();
    }

    public void Plan()
    {
        if (street.Step % StepsBetweenShares == 0)
        {
            Share();
            if (street.Step % StepsBetweenSorts == 0 && street.IsLarge) sorter.Sort();
        }

        street.BeginPlans();
        workers.Run(plan);
        street.EndPlans();
    }

    public void Move() => workers.Run(move);

    /// <summary>Hands over who has left a lane.</summary>
    /// <returns>How many have arrived.</returns>
    public int Settle()
    {
        var arrived = 0;
        foreach (var mover in movers)
        {
            foreach (var lane in mover.Thinned)
            {
                if (street.LaneCount[lane] == 0) street.Used.Remove(lane);
                street.Touched.Add(lane);
            }
        }

        foreach (var mover in movers)
        {
            foreach (var slot in mover.Moved)
            {
                if (street.Cars[slot].Outlook == Outlook.Arrived)
                {
                    street.FreeSlot(slot);
                    arrived++;
                }
                else
                {
                    street.Enter(slot);
                }
            }
        }

        FindLapping();
        workers.Run(ends);
        street.Touched.Clear();
        return arrived;
    }

    public void ChangeLanes()
    {
        workers.Run(change);
        foreach (var changer in changers)
        {
            foreach (var edge in changer.Changed)
            {
                for (var lane = firstLaneOfEdge[edge]; lane < firstLaneOfEdge[edge + 1]; lane++)
                {
                    street.Occupied[lane] = RoomOn(lane);
                    FindEnd(lane);
                    if (street.LaneCount[lane] > 0) street.Used.Add(lane);
                    else street.Used.Remove(lane);
                }
            }
        }
    }

    private double RoomOn(int lane)
    {
        var room = 0.0;
        foreach (var slot in street.On(lane)) room += street.Kinds[street.Cars[slot].Kind].Room;
        return room;
    }

    /// <summary>Ranges of edges with about as many vehicles each.</summary>
    private void Share()
    {
        var edges = firstLaneOfEdge.Length - 1;
        var total = street.Running + edges / 16 + 1;
        var (part, sum) = (1, 0);
        for (var edge = 0; edge < edges && part < workers.Count; edge++)
        {
            for (var lane = firstLaneOfEdge[edge]; lane < firstLaneOfEdge[edge + 1]; lane++) sum += street.LaneCount[lane];
            if ((long)(sum + edge / 16) * workers.Count >= (long)total * part) firstEdge[part++] = edge + 1;
        }

        for (; part <= workers.Count; part++) firstEdge[part] = edges;
    }

    private (int From, int Below) LanesOf(int part) => (firstLaneOfEdge[firstEdge[part]], firstLaneOfEdge[firstEdge[part + 1]]);

    private void PlanPart(int part)
    {
        items[part].Begin();
        if (street.IsLarge) PlanAhead(part);
        else PlanLanes(part);
    }

    private void PlanLanes(int part)
    {
        var (from, below) = LanesOf(part);
        planners[part].PlanLanes(from, below);
    }

    /// <summary>The same, where the vehicles of the lanes that follow are not near in memory.</summary>
    private void PlanAhead(int part)
    {
        var (planner, used) = (planners[part], street.Used);
        var (from, below) = LanesOf(part);
        var (lane, soon) = (StreetState.None, StreetState.None);
        for (var word = from >> 6; word << 6 < below; word++)
        {
            for (var bits = used.Word(word, from, below); bits != 0;)
            {
                var later = LaneSet.Take(word, ref bits);
                street.FetchCars(later);
                if (soon >= 0) street.FetchLinks(soon);
                if (lane >= 0) planner.PlanLane(lane);
                (lane, soon) = (soon, later);
            }
        }

        if (lane >= 0) planner.PlanLane(lane);
        if (soon >= 0) planner.PlanLane(soon);
    }

    private void MovePart(int part)
    {
        var (from, below) = LanesOf(part);
        movers[part].Begin();
        movers[part].MoveLanes(from, below);
    }

    private void ChangePart(int part)
    {
        var (changer, used) = (changers[part], street.Used);
        var (from, below) = LanesOf(part);
        changer.Begin();
        var end = 0;
        for (var word = from >> 6; word << 6 < below; word++)
        {
            for (var bits = used.Word(word, from, below) & wide.Word(word, from, below); bits != 0;)
            {
                var lane = LaneSet.Take(word, ref bits);
                if (lane < end) continue;
                var edge = street.Map.Lanes[lane].Edge;
                var first = firstLaneOfEdge[edge];
                end = firstLaneOfEdge[edge + 1];
                changer.ChangeOn(edge, first, end - first);
            }
        }
    }

    /// <summary>Lanes of edges on which somebody could change lanes.</summary>
    private static LaneSet FindWide(StreetState street)
    {
        var wide = new LaneSet(street.Map.Lanes.Length);
        foreach (var edge in street.Map.Network.Edges)
        {
            if (street.Map.Lanes[edge.Lanes[0]].IsInside || !street.Kinds.Any(kind => edge.Lanes.Count(lane => (street.Map.Lanes[lane].Allowed & kind.Class) != 0) > 1)) continue;
            foreach (var lane in edge.Lanes) wide.Add(lane);
        }

        return wide;
    }

    private void FindLapping()
    {
        foreach (var lane in lapped)
        {
            street.Lapping[lane] = StreetState.None;
            street.Touched.Add(lane);
        }

        lapped.Clear();
        foreach (var mover in movers)
        {
            foreach (var slot in mover.LappingOnes)
            {
                ref readonly var car = ref street.Cars[slot];
                var back = car.Back;
                Lap(slot, car.Left1, ref back);
                Lap(slot, car.Left2, ref back);
                Lap(slot, car.Left3, ref back);
                Lap(slot, car.Left4, ref back);
            }
        }
    }

    private void Lap(int slot, int lane, ref double back)
    {
        if (back >= 0 || lane < 0) return;
        back += street.Map.Lanes[lane].Length;
        var known = street.Lapping[lane];
        if (known >= 0 && street.BackOn(street.Cars[known], lane) <= back) return;
        if (known < 0)
        {
            lapped.Add(lane);
            street.Touched.Add(lane);
        }

        street.Lapping[lane] = slot;
    }

    private void FindEnds(int part)
    {
        var touched = street.Touched;
        var (from, below) = LanesOf(part);
        for (var word = from >> 6; word << 6 < below; word++)
            for (var bits = touched.Word(word, from, below); bits != 0;) FindEnd(LaneSet.Take(word, ref bits));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FindEnd(int lane)
    {
        var cars = street.On(lane);
        var lapping = street.Lapping[lane];
        street.First[lane] = cars.Length > 0 ? cars[0] : StreetState.None;
        street.Last[lane] = cars.Length > 0 ? cars[^1] : lapping;
        street.Present[lane] = (byte)(cars.Length > 0 || lapping >= 0 ? 1 : 0);
    }
}
