namespace TrafficAI.Signals;

/// <summary>How the groups of a site pass from red to green and back: what is shown, and for how long. Whole seconds.</summary>
/// <param name="FlashingGreenSeconds">Vehicles end their green with so much flashing green; 0 for none. It is part of the passage, so that
/// nothing calls it back, and of the green: it counts for the minimum, and the intergreen starts at its end.</param>
/// <param name="PedestrianFlashingGreenSeconds">The same for pedestrians.</param>
/// <param name="RedAmberSeconds">At most so much red-amber before the green of vehicles, while those that conflict are all red; 0 for none.</param>
/// <param name="AmberSeconds">Amber of vehicles; null for that of the class or the programme.</param>
/// <param name="LeastGreenSeconds">No minimum green of vehicles is shorter.</param>
/// <param name="ComputesIntergreens">Intergreens are at least what the geometry asks for, and passages, minima and the local plan are
/// computed even where the programme shows others.</param>
/// <param name="CountdownSeconds">Boards count the last seconds of a green down, so many at most; 0 for no boards. What a board has begun to count is part of the passage too, so
/// that nothing changes the light against it.</param>
public sealed record SignalProfile(
    int FlashingGreenSeconds,
    int PedestrianFlashingGreenSeconds,
    int RedAmberSeconds,
    int? AmberSeconds,
    int LeastGreenSeconds,
    bool ComputesIntergreens,
    int CountdownSeconds = 0)
{
    /// <summary>By so many seconds at most a plan may lengthen the all red of a passage, while somebody is held inside the junction; 0 for never. Red-amber then leaves a second of all red, where the intergreens do. Not with boards that count.</summary>
    public int AllRedExtensionSeconds { get; init; }

    /// <summary>As the programme shows it.</summary>
    public static SignalProfile OfProgramme { get; } = new(0, 0, 0, null, 1, false);

    /// <summary>Kazakhstan: green flashes for its last 3 s, amber 3 s, red-amber 2 s at most, all red as computed; pedestrians pass from
    /// flashing green to red; no green of vehicles under 7 s.</summary>
    /// <remarks>ОДМ 218.6.003-2011, 9.1 to 9.4, which the national standard СТ РК 1412 parallels; pedestrians 5 s + width / 1.3 m/s.</remarks>
    public static SignalProfile Kz { get; } = new(3, 3, 2, 3, 7, true);

    /// <summary>The last seconds of a green of vehicles that nothing takes back.</summary>
    public int CommittedGreenSeconds => Math.Max(FlashingGreenSeconds, CountdownSeconds);

    /// <summary>Flashing green of a kind of group.</summary>
    public int FlashingGreenOf(GroupKind kind) => kind == GroupKind.Pedestrian ? PedestrianFlashingGreenSeconds : FlashingGreenSeconds;
}
