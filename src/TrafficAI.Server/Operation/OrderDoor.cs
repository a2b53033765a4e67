using TrafficAI.Network;
using TrafficAI.Optimisation.Operation;

namespace TrafficAI.Server.Operation;

/// <summary>Hands an order to the actor of an intersection, which records, checks and obeys it.</summary>
public delegate void OrderDoor(IntersectionId intersection, OperatorOrder order);
