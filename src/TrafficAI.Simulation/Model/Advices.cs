using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>Speeds that a vehicle is asked for in the next step, m/s; how many, <see cref="Changing.AdviceCount"/> says.</summary>
[InlineArray(Most)]
internal struct Advices
{
    public const int Most = 6;
    private double first;
}
