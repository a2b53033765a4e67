using System.Numerics;
using TrafficAI.Network;
using TrafficAI.Signals.Street;
using TrafficAI.Simulation.Demand;
using TrafficAI.Simulation.Map;
using TrafficAI.Simulation.Model;
using TrafficAI.Simulation.Routes;

namespace TrafficAI.Simulation;

/// <summary>The built-in simulator: a street with vehicles that follow one another, change lanes, yield and obey lights as those of
/// SUMO 1.15 do by default. Nobody is ever taken off the street to resolve a jam.</summary>
public sealed class Street : ISavedState
{
    private readonly StreetState state;
    private readonly StreetDemand demand;
    private readonly Inserter inserter;
    private readonly Crew crew;
    private readonly string?[] shown;
    private readonly long[] shownUntil;

    /// <exception cref="ArgumentException">The step is neither 1000 nor 500 ms, or the demand does not fit the network.</exception>
    public Street(RoadNetwork network, StreetDemand demand, StreetOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(demand);
        ArgumentNullException.ThrowIfNull(options);
        if (options.StepMilliseconds is not (500 or 1000))
            throw new ArgumentException($"A step of {options.StepMilliseconds} ms is not supported: take 1000 or 500.", nameof(options));
        this.demand = demand;
        var map = new StreetMap(network);
        var dt = options.StepMilliseconds / 1000.0;
        var routes = new RouteProspects(map);
        var routeOf = demand.Vehicles.Select(vehicle => routes.Add(vehicle, demand.Types[vehicle.Type], LongestBraking(demand.Types[vehicle.Type], dt))).ToArray();
        routes.Seal();
        var workers = options.Workers ?? new Alone();
        state = new(map, routes, demand, options.BeginSeconds, dt, options.Seed, workers.Count);
        inserter = new(state, demand, routeOf);
        crew = new(state, workers);
        shown = new string?[network.Intersections.Length];
        shownUntil = new long[network.Intersections.Length];
        SetProgramLights();
    }

    /// <summary>For tests of what must always hold.</summary>
    internal StreetState State => state;

    /// <summary>Street second at the end of the last step.</summary>
    public double NowSeconds => state.BeginSeconds + state.Now;

    /// <summary>Vehicles on the street.</summary>
    public int Running => state.Running;

    /// <summary>Vehicles that have found no gap to enter yet.</summary>
    public int Waiting => inserter.Waiting;

    /// <summary>Vehicles that have arrived.</summary>
    public int Arrived { get; private set; }

    /// <summary>Vehicle updates since the begin: one for each vehicle on the street and step.</summary>
    public long Updates { get; private set; }

    /// <summary>Shows the letters of a light from the next step on.</summary>
    /// <param name="intersection">Index in the network.</param>
    /// <param name="letters">One of SUMO's letters for each signal link.</param>
    public void SetLights(int intersection, ReadOnlySpan<char> letters)
    {
        ShowAll(intersection, letters, []);
        shown[intersection] = null;
    }

    /// <param name="before">What it has shown until now; empty where that is not known.</param>
    private void ShowAll(int intersection, ReadOnlySpan<char> letters, ReadOnlySpan<char> before)
    {
        var links = state.Map.Network.Intersections[intersection].Links.AsSpan();
        for (var link = 0; link < links.Length; link++)
        {
            var letter = letters[link];
            if (link < before.Length && before[link] == letter) continue;
            foreach (var connection in links[link].AsSpan()) state.Show(connection, letter);
        }
    }

    /// <summary>Shows what the programme in the network file shows now, at every light.</summary>
    public void SetProgramLights()
    {
        var now = (long)(NowSeconds * 1000);
        foreach (var intersection in state.Map.Network.Intersections)
        {
            if (shown[intersection.Index] is not null && now < shownUntil[intersection.Index]) continue;
            (var letters, shownUntil[intersection.Index]) = ProgramClock.StateAt(intersection.Program, now);
            if (!ReferenceEquals(letters, shown[intersection.Index])) ShowAll(intersection.Index, letters, shown[intersection.Index]);
            shown[intersection.Index] = letters;
        }
    }

    /// <summary>Drives one step.</summary>
    public void Step()
    {
        Updates += state.Running;
        crew.Plan();
        crew.Move();
        Arrived += crew.Settle();
        crew.ChangeLanes();
        state.Walkers.Step();
        inserter.Insert();
        state.Step++;
    }

    /// <summary>The vehicles on a lane, the foremost first.</summary>
    /// <param name="lane">Index in the network.</param>
    /// <param name="cars">Filled as far as it reaches.</param>
    /// <returns>How many there are.</returns>
    public int ReadLane(int lane, Span<LaneCar> cars)
    {
        var slots = state.On(lane);
        for (var i = 0; i < slots.Length && i < cars.Length; i++)
        {
            ref readonly var car = ref state.Cars[slots[i]];
            cars[i] = new(car.Vehicle, state.Kinds[car.Kind].Class, car.Position, car.Speed, car.Length);
        }

        return slots.Length;
    }

    /// <summary>What has become of a vehicle so far.</summary>
    /// <param name="vehicle">Number in the demand.</param>
    public TripResult Trip(int vehicle)
    {
        ref readonly var account = ref state.Accounts[vehicle];
        var hasLeft = account.Departed >= 0;
        var depart = hasLeft ? state.BeginSeconds + account.Departed * state.Dt : -1;
        var arrival = account.Arrived >= 0 ? state.BeginSeconds + account.Arrived * state.Dt : -1;
        var planned = demand.Vehicles[vehicle].DepartSeconds;
        var tally = arrival >= 0 ? account.Last : hasLeft ? Tally.Of(state.Cars[account.Slot]) : default;
        return new(
            vehicle,
            depart,
            arrival,
            Math.Max(0, (hasLeft ? depart : NowSeconds) - planned),
            hasLeft ? (arrival >= 0 ? arrival : NowSeconds) - depart : 0,
            tally.TimeLoss,
            tally.Waited * state.Dt,
            tally.Halts,
            tally.Stopped * state.Dt,
            tally.Metres,
            hasLeft ? account.DepartLane : -1,
            account.DepartPosition,
            account.DepartSpeed,
            arrival >= 0 ? account.ArrivalLane : -1,
            account.ArrivalPosition,
            account.ArrivalSpeed,
            tally.Factor);
    }

    /// <summary>A number that depends on where everybody is and how fast, on every bit of it.</summary>
    public ulong StateHash()
    {
        var hash = 14695981039346656037UL ^ (ulong)state.Step;
        for (var lane = 0; lane < state.LaneCount.Length; lane++)
        {
            foreach (var slot in state.On(lane))
            {
                ref readonly var car = ref state.Cars[slot];
                hash = Mix(hash, (ulong)car.Vehicle << 32 | (uint)lane);
                hash = Mix(hash, BitConverter.DoubleToUInt64Bits(car.Position));
                hash = Mix(hash, BitConverter.DoubleToUInt64Bits(car.Speed));
            }
        }

        foreach (var vehicle in inserter.WaitingOnes) hash = Mix(hash, (ulong)vehicle);
        return hash;
    }

    /// <summary>The whole state, to go on from with <see cref="Restore"/>. Only the very build that wrote it can read it.</summary>
    public byte[] Save()
    {
        var writer = new StateWriter();
        Visit(writer);
        return writer.ToArray();
    }

    /// <summary>Goes on from a saved state of a street with the same network, demand and step. Another seed is allowed: then the futures
    /// part from here.</summary>
    /// <exception cref="ArgumentException">The bytes are of another street, or broken.</exception>
    public void Restore(ReadOnlySpan<byte> saved)
    {
        var reader = new StateReader(saved.ToArray());
        Visit(reader);
        reader.End();
        Array.Clear(shown);
        crew.Resume();
    }

    private void Visit(IStateVisitor visitor)
    {
        visitor.Same(state.Map.Lanes.Length);
        visitor.Same(state.Map.Links.Length);
        visitor.Same(demand.Vehicles.Length);
        visitor.Same(demand.Persons.Length);
        visitor.Same((long)(state.Dt * 1000));
        visitor.Same(BitConverter.DoubleToInt64Bits(state.BeginSeconds));
        (Arrived, Updates) = ((int)visitor.Number(Arrived), visitor.Number(Updates));
        state.Visit(visitor);
        inserter.Visit(visitor);
    }

    private static ulong Mix(ulong hash, ulong value) => BitOperations.RotateLeft((hash ^ value) * 0x9E3779B97F4A7C15UL, 29);

    private static double LongestBraking(VehicleType type, double dt) =>
        CarFollowing.BrakeGap(Math.Min(type.MaxSpeed, type.DesiredMaxSpeed), type.Deceleration, type.Tau, dt) + type.MinGapMetres;

    private sealed class Alone : IWorkers
    {
        public int Count => 1;

        public void Run(Action<int> part) => part(0);
    }
}
