using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>One state of a programme.</summary>
/// <param name="DurationMilliseconds">How long it lasts; more than 0.</param>
/// <param name="Letters">One SUMO letter (<c>r y g G s u o O</c>, or <c>Y</c>) per signal link.</param>
/// <param name="MinimumMilliseconds">The file's <c>minDur</c>, if it names one.</param>
/// <param name="MaximumMilliseconds">The file's <c>maxDur</c>, if it names one.</param>
public sealed record ProgramState(int DurationMilliseconds, string Letters, int? MinimumMilliseconds, int? MaximumMilliseconds);

/// <summary>The signal programme in the network file (SUMO's <c>tlLogic</c>).</summary>
/// <param name="Kind">The file's word: <c>static</c>, <c>actuated</c>, …</param>
/// <param name="OffsetMilliseconds">State 0 begins when (time − offset) mod cycle is 0.</param>
public sealed record SignalProgram(string ProgramId, string Kind, int OffsetMilliseconds, ImmutableArray<ProgramState> States);
