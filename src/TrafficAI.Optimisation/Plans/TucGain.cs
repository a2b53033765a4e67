using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace TrafficAI.Optimisation.Plans;

/// <summary>How queues move the splits of a fixed plan from cycle to cycle.</summary>
/// <param name="LeastSeconds">Per step of the plan its shortest green.</param>
/// <param name="SecondsPerVehicle">Steps × stop lanes, row by row: seconds of green for one vehicle in the mean queue of the lane.</param>
/// <remarks>TUC (Diakaki, Papageorgiou and Aboudolas 2002, A multivariable regulator approach to traffic-responsive network-wide signal control, Control
/// Engineering Practice 10): store-and-forward queues x(k+1) = x(k) + B·Δg(k), a linear-quadratic regulator g = gᴺ − L·x, and a projection on the
/// cycle. Here for each intersection by itself.</remarks>
public sealed record TucGain(ImmutableArray<int> LeastSeconds, ImmutableArray<double> SecondsPerVehicle)
{
    /// <summary>Cost of a second squared that a green departs from its nominal length, against a queue squared over its storage.</summary>
    private const double ChangeCost = 0.03;

    private const double LongestStorageMetres = 200;
    private const int Iterations = 200;

    /// <summary>Solves the regulator.</summary>
    public static TucGain Of(IntersectionModel model, SplitProblem problem)
    {
        var (lanes, steps) = (model.Lanes.Length, problem.Order.Length);
        var served = Matrix<double>.Build.Dense(lanes, steps, (lane, step) => -Rate(model, problem, lane, step));
        var weights = Matrix<double>.Build.Diagonal(lanes, lanes, lane => DischargeRates.JamSpacingMetres / Math.Min(LongestStorageMetres, model.Lanes[lane].LengthMetres));
        var changes = Matrix<double>.Build.DiagonalIdentity(steps) * ChangeCost;
        var cost = weights;
        for (var i = 0; i < Iterations; i++)
        {
            var gain = Gain(served, cost, changes);
            cost = weights + cost * (Matrix<double>.Build.DiagonalIdentity(lanes) + served * -gain);
        }

        var last = Gain(served, cost, changes);
        return new(problem.LeastSeconds, [.. Enumerable.Range(0, steps * lanes).Select(i => -last[i / lanes, i % lanes])]);
    }

    /// <summary>(R + Bᵀ P B)⁻¹ Bᵀ P</summary>
    private static Matrix<double> Gain(Matrix<double> served, Matrix<double> cost, Matrix<double> changes)
    {
        var pressed = served.Transpose() * cost;
        return (changes + pressed * served).Solve(pressed);
    }

    private static double Rate(IntersectionModel model, SplitProblem problem, int lane, int step) =>
        model.Serves(problem.Order[step], lane) ? 1 / DischargeRates.HeadwaySeconds : 0;
}
