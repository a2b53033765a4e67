using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Operation;

/// <summary>What an operator has ordered for one intersection.</summary>
/// <param name="Phase">That is held; null for every other act.</param>
/// <param name="Until">The first street second at which it no longer counts.</param>
/// <param name="By">Who ordered it: the name of an account, or <see cref="OperatorDesk.Timetable"/>.</param>
/// <param name="Reason">Why, in the operator's own words.</param>
public sealed record OperatorOrder(OperatorAct Act, PhaseId? Phase, long Until, string By, string Reason);
