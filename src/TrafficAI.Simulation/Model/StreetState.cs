using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Demand;
using TrafficAI.Simulation.Map;
using TrafficAI.Simulation.Routes;
using TrafficAI.Simulation.Walking;

namespace TrafficAI.Simulation.Model;

/// <summary>Everything that changes on the street, in flat arrays that are made once. A vehicle on the street has a slot; its neighbours
/// are found through the lists of the lanes, front first.</summary>
internal sealed class StreetState
{
    public const int None = -1;

    /// <summary>Fewer vehicles are near one another in memory anyway.</summary>
    private const int LeastForMemory = 500;

    private readonly int[] laneStart;
    private readonly int[] laneSlots;

    public StreetState(StreetMap map, RouteProspects routes, StreetDemand demand, double begin, double dt, ulong seed, int workers)
    {
        (Map, Routes, BeginSeconds, Dt, Chance) = (map, routes, begin, dt, new(seed));
        Kinds = [.. demand.Types.Select(type => Kind.Of(type, dt))];
        HaveStops = demand.Vehicles.Any(vehicle => !vehicle.Stops.IsEmpty);
        LongestVehicle = Kinds.Length == 0 ? 0 : Kinds.Max(kind => kind.Length);
        Stops = [.. demand.Vehicles.Select(vehicle => vehicle.Stops.ToArray())];
        ArrivalPositions = [.. demand.Vehicles.Select(vehicle => ArrivalPosition(map, vehicle))];
        ArrivalSpeeds = [.. demand.Vehicles.Select(vehicle => vehicle.Arrival.SpeedMetresPerSecond ?? -1)];
        Accounts = new Account[demand.Vehicles.Length];
        Array.Fill(Accounts, Account.Fresh);
        Walkers = new(this, demand);
        var lanes = map.Lanes.Length;
        var shortest = Kinds.Length == 0 ? 1 : Kinds.Min(kind => kind.Length);
        laneStart = new int[lanes + 1];
        for (var lane = 0; lane < lanes; lane++) laneStart[lane + 1] = laneStart[lane] + (int)(map.Lanes[lane].Length / shortest) + 3;
        laneSlots = new int[laneStart[^1]];
        LaneCount = new int[lanes];
        Lapping = new int[lanes];
        Occupied = new double[lanes];
        First = new int[lanes];
        Last = new int[lanes];
        Array.Fill(Lapping, None);
        Array.Fill(First, None);
        Array.Fill(Last, None);
        var slots = Math.Min(demand.Vehicles.Length, laneSlots.Length);
        Cars = new Car[slots];
        Changings = new Changing[slots];
        Advices = new Advices[slots];
        free = new int[slots];
        for (var i = 0; i < slots; i++) free[i] = slots - 1 - i;
        freeCount = slots;
        LinkState = [.. map.Links.Select(link => link.State)];
        LastGreen = new char[map.Links.Length];
        Array.Fill(LastGreen, ' ');
        LinkChanged = new long[map.Links.Length];
        Array.Fill(LinkChanged, long.MinValue / 2);
        (Approaches, Coming) = (new(map.Links.Length, workers, slots * 2), new(map.Links.Length, workers, slots * 2));
        (Present, Used, Touched) = (new byte[lanes], new(lanes), new(lanes));
    }

    public StreetMap Map { get; }

    public RouteProspects Routes { get; }

    public Kind[] Kinds { get; }

    public Chance Chance { get; }

    /// <summary>Street second of the begin of the run.</summary>
    public double BeginSeconds { get; }

    /// <summary>Somebody has stops planned.</summary>
    public bool HaveStops { get; }

    /// <summary>Metres.</summary>
    public double LongestVehicle { get; }

    /// <summary>Per vehicle of the demand.</summary>
    public PlannedStop[][] Stops { get; }

    /// <summary>Per vehicle, metres from the begin of its last lane.</summary>
    public double[] ArrivalPositions { get; }

    /// <summary>Per vehicle, m/s; −1 for any.</summary>
    public double[] ArrivalSpeeds { get; }

    /// <summary>Per vehicle.</summary>
    public Account[] Accounts { get; }

    public Walkers Walkers { get; }

    /// <summary>Length of a step, seconds.</summary>
    public double Dt { get; }

    /// <summary>Steps done since the begin of the run.</summary>
    public long Step { get; set; }

    /// <summary>Seconds since the begin of the run.</summary>
    public double Now => Step * Dt;

    public Car[] Cars { get; }

    public Changing[] Changings { get; }

    public Advices[] Advices { get; }

    public int[] LaneCount { get; }

    /// <summary>Per lane the vehicle whose front has left it and whose back has not, the rearmost; −1 for none.</summary>
    public int[] Lapping { get; }

    /// <summary>Per lane the lengths of its vehicles with their gaps, metres.</summary>
    public double[] Occupied { get; }

    /// <summary>Per lane its first and its last vehicle after the movement, lapping ones included; −1 for none.</summary>
    public int[] First { get; }

    public int[] Last { get; }

    /// <summary>The letter that each link shows.</summary>
    public char[] LinkState { get; }

    /// <summary>The step in which it began to.</summary>
    public long[] LinkChanged { get; }

    /// <summary>The green that each link showed last; a space before any.</summary>
    public char[] LastGreen { get; }

    /// <summary>Who is on the way to which link, as planned last.</summary>
    public ApproachLists Approaches { get; private set; }

    /// <summary>The same, while it is being planned.</summary>
    public ApproachLists Coming { get; private set; }

    /// <summary>Seconds since the begin of the step from which <see cref="Approaches"/> counts.</summary>
    public double ApproachAge { get; private set; }

    /// <summary>Lanes with somebody on them.</summary>
    public LaneSet Used { get; }

    /// <summary>Lanes whose first or last vehicle may be another since <see cref="First"/> and <see cref="Last"/> were found.</summary>
    public LaneSet Touched { get; }

    /// <summary>Per lane whether anybody is on it or reaches back onto it, after the movement.</summary>
    public byte[] Present { get; }

    public int Running => free.Length - freeCount;

    /// <summary>There are so many vehicles that it matters which are near one another in memory.</summary>
    public bool IsLarge => Running >= LeastForMemory;

    private readonly int[] free;
    private int freeCount;

    /// <summary>The vehicles of a lane, front first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> On(int lane) => SlotsOn(lane);

    /// <summary>The same, to be written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<int> SlotsOn(int lane) => laneSlots.AsSpan(laneStart[lane], LaneCount[lane]);

    /// <summary>Where the vehicles of a lane begin in the lists of all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FirstPlace(int lane) => laneStart[lane];

    /// <summary>So many vehicles have room in the list of a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PlacesOf(int lane) => laneStart[lane + 1] - laneStart[lane];

    /// <summary>The vehicle at a place of those lists.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SlotAt(int place) => laneSlots[place];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<int> RoomOn(int lane) => laneSlots.AsSpan(laneStart[lane], PlacesOf(lane));

    public bool HasFreeSlot => freeCount > 0;

    public int TakeSlot() => free[--freeCount];

    public void FreeSlot(int slot) => free[freeCount++] = slot;

    /// <summary>All slots from that one on are free, and no others.</summary>
    public void FreeFrom(int slot)
    {
        freeCount = 0;
        for (var i = free.Length - 1; i >= slot; i--) free[freeCount++] = i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsFull(int lane) => laneStart[lane] + LaneCount[lane] >= laneStart[lane + 1];

    /// <summary>The vehicles of the lane will be looked at soon.</summary>
    public void FetchCars(int lane)
    {
        foreach (var slot in On(lane)) Ahead.Fetch(in Cars[slot]);
    }

    /// <summary>So will the links towards which they drive, and what their routes say.</summary>
    public void FetchLinks(int lane)
    {
        foreach (var slot in On(lane))
        {
            ref readonly var car = ref Cars[slot];
            if (car.Link < 0) continue;
            Ahead.Fetch(in Map.Links[car.Link]);
            Ahead.Fetch(in Map.Links[car.Link].Visibility);
            Ahead.Fetch(in Routes.At(car.Prospects, 0));
        }
    }

    /// <summary>Finds the used lanes by counting.</summary>
    public void FindUsed()
    {
        Used.Clear();
        for (var lane = 0; lane < LaneCount.Length; lane++) if (LaneCount[lane] > 0) Used.Add(lane);
    }

    public void BeginPlans()
    {
        ApproachAge = Dt;
        Coming.Begin(Step);
    }

    public void EndPlans() => (Approaches, Coming, ApproachAge) = (Coming, Approaches, 0);

    /// <summary>Goes through everything that lasts from step to step, in the same order when it is saved and when it is put back. Chances are those of this street, whose seed may be another.</summary>
    public void Visit(IStateVisitor visitor)
    {
        Step = visitor.Number(Step);
        freeCount = (int)visitor.Number(freeCount);
        visitor.Array(free);
        visitor.Array(Cars);
        foreach (ref var car in Cars.AsSpan()) car.Stream = Chance.StreamOf(car.Vehicle);
        visitor.Array(Changings);
        visitor.Array(Advices);
        visitor.Array(LaneCount);
        visitor.Array(laneSlots);
        visitor.Array(Lapping);
        visitor.Array(Occupied);
        visitor.Array(First);
        visitor.Array(Last);
        visitor.Array(Present);
        visitor.Array(LinkState);
        visitor.Array(LinkChanged);
        visitor.Array(LastGreen);
        visitor.Array(Accounts);
        Approaches.Visit(visitor);
        Coming.Forget();
        Walkers.Visit(visitor);
    }

    /// <summary>Asks a vehicle for a speed in the next step, m/s.</summary>
    public void Advise(int slot, double speed)
    {
        ref var count = ref Changings[slot].AdviceCount;
        if (count < Model.Advices.Most) Advices[slot][count++] = speed;
    }

    /// <summary>Puts a vehicle onto the lane on which it says that it is.</summary>
    public void Enter(int slot)
    {
        var lane = Cars[slot].Lane;
        var room = RoomOn(lane);
        var at = LaneCount[lane]++;
        for (; at > 0 && Cars[room[at - 1]].Position < Cars[slot].Position; at--) room[at] = room[at - 1];
        room[at] = slot;
        Used.Add(lane);
        Touched.Add(lane);
        Occupied[lane] += Kinds[Cars[slot].Kind].Room;
    }

    /// <summary>Shows a letter at a link from the next step on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Show(int link, char letter)
    {
        if (LinkState[link] == letter) return;
        LinkState[link] = letter;
        LinkChanged[link] = Step;
        if (Letters.Are(letter, Letters.Green)) LastGreen[link] = letter;
    }

    /// <summary>The link by which a route goes on from a lane; −1 where it does not, and at its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LinkAt(int lane, int prospects)
    {
        ref readonly var facts = ref Map.Lanes[lane];
        return facts.IsInside ? facts.Exit : Routes.At(prospects, facts.Position).Link;
    }

    /// <summary>Tells a vehicle on another lane, or another route, where it goes on and what the lanes beside are worth.</summary>
    public void Orient(ref Car car, ref Changing changing)
    {
        ref readonly var lane = ref Map.Lanes[car.Lane];
        car.Link = lane.Exit;
        if (lane.IsInside) return;
        ref readonly var own = ref Routes.At(car.Prospects, lane.Position);
        (car.Link, changing.BestOffset) = (own.Link, own.Offset);
        var (isRightWorse, isLeftWorse) = (lane.Position > 0 && own.Offset >= 0, lane.Position + 1 < own.Lanes && own.Offset <= 0);
        changing.RightLength = isRightWorse ? WorthOf(Routes.At(car.Prospects, lane.Position - 1)) : Changing.NotWorse;
        changing.LeftLength = isLeftWorse ? WorthOf(Routes.At(car.Prospects, lane.Position + 1)) : Changing.NotWorse;
    }

    private static double WorthOf(in Prospect beside) => beside.Offset == 0 ? Changing.NotWorse : beside.Length;

    /// <summary>Limit of a lane as that driver takes it, m/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double MaxSpeed(in Car car, in Kind kind, int lane) => double.MinNative(kind.MaxSpeed, Map.Lanes[lane].Speed * car.Factor);

    /// <summary>Position of a vehicle's back on a lane that it is on or has not left entirely, metres from its begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double BackOn(in Car car, int lane) => car.Lane == lane || car.Left1 < 0 ? car.Back : BackBehind(car, lane);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private double BackBehind(in Car car, int lane)
    {
        var back = car.Back + Map.Lanes[car.Left1].Length;
        if (car.Left1 == lane || car.Left2 < 0) return back;
        back += Map.Lanes[car.Left2].Length;
        if (car.Left2 == lane || car.Left3 < 0) return back;
        back += Map.Lanes[car.Left3].Length;
        return car.Left3 == lane || car.Left4 < 0 ? back : back + Map.Lanes[car.Left4].Length;
    }

    public double Impatience(in Car car, in Kind kind) => Math.Clamp(kind.Impatience + car.Waiting * Dt / 180, 0, 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsRed(int link) => Letters.Are(LinkState[link], Letters.Red);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAmber(int link) => Letters.Are(LinkState[link], Letters.Amber);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsRedOrAmber(int link) => Letters.Are(LinkState[link], Letters.Red | Letters.Amber);

    public bool IsGreen(int link) => Letters.Are(LinkState[link], Letters.Green);

    /// <summary>The link need not yield as it is shown now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasPriority(int link) => Letters.Are(LinkState[link], Letters.Priority);

    /// <summary>Nobody has to be let go first, whoever comes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsPlainlyOpen(int link) => Letters.Are(LinkState[link], Letters.PlainlyOpen);

    public bool KeepsClear(in Car car, in Kind kind, int link) =>
        Map.Links[link].HasFoes && Map.Links[link].KeepsClear && (kind.KeepClearTime < 0 || car.Waiting * Dt < kind.KeepClearTime);

    /// <summary>The driver passes an amber or a red.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IgnoresRed(in Kind kind, int link, bool canBrake) => kind.IgnoresLights && IgnoresThisRed(kind, link, canBrake);

    private bool IgnoresThisRed(in Kind kind, int link, bool canBrake)
    {
        if (kind.HasBluelight) return true;
        if (kind.RedTime < 0)
            return kind.AmberTime > 0 && IsAmber(link) && (!canBrake || kind.AmberTime > (Step - LinkChanged[link]) * Dt);
        return IsAmber(link) || (IsRed(link) && (!canBrake || kind.RedTime > (Step - LinkChanged[link]) * Dt));
    }

    /// <summary>It comes from a place inside the junction to which it went with priority, so that it need not slow down again.</summary>
    public bool EnteredMajor(in LinkFacts link)
    {
        if (link.AfterPlace < 0) return false;
        if (HasPriority(link.AfterPlace)) return true;
        return link.CrossesWalkers ? LastGreen[link.AfterPlace] == 'G' : IsAmber(link.AfterPlace);
    }

    /// <summary>Who yields at the link may wait inside; not where the light is off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayWaitInside(int link) => Map.Links[link].WaitsInside && LinkState[link] != 'o';

    private static double ArrivalPosition(StreetMap map, VehicleDemand vehicle)
    {
        var length = map.Lanes[map.Network.Edges[vehicle.Route[^1]].Lanes[0]].Length;
        var position = vehicle.Arrival.PositionMetres ?? length;
        return Math.Clamp(position < 0 ? length + position : position, 0, length);
    }
}
