using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>What <see cref="CarFollowing.StopWithin"/> says for one deceleration and headway, to the bit, but without a root: how many steps the braking takes
/// is looked up, and computed where the gap is so near to one more that rounding could matter.</summary>
internal sealed class BrakingTable
{
    private const int Buckets = 512;
    private const double BucketsAStep = 16;
    private const double Doubt = 1e-6;

    private readonly byte[] stepsAt = new byte[Buckets];
    private readonly Braking[] brakings;
    private readonly double deceleration;
    private readonly double headway;
    private readonly double dt;
    private readonly double bucketsAMetre;

    /// <param name="deceleration">m/s², more than 0.</param>
    /// <param name="headway">Before the braking, seconds.</param>
    /// <param name="dt">Length of a step, seconds.</param>
    public BrakingTable(double deceleration, double headway, double dt)
    {
        (this.deceleration, this.headway, this.dt) = (deceleration, headway, dt);
        bucketsAMetre = BucketsAStep / (deceleration * dt * Math.Max(headway, dt));
        var found = new List<Braking> { Braking.In(0, deceleration, headway, dt) };
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            while (found[^1].Below <= bucket / bucketsAMetre) found.Add(Braking.In(found.Count, deceleration, headway, dt));
            stepsAt[bucket] = (byte)(found.Count - 1);
        }

        brakings = [.. found];
    }

    /// <summary>The fastest next speed from which a stop within the gap is possible, m/s.</summary>
    /// <param name="gap">Metres.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double SpeedWithin(double gap)
    {
        var room = gap - CarFollowing.Tiny;
        if (room <= 0) return 0;
        var bucket = (uint)double.ConvertToIntegerNative<int>(room * bucketsAMetre);
        if (bucket < Buckets)
        {
            ref readonly var braking = ref brakings[stepsAt[bucket]];
            if (room - braking.From > Doubt && braking.Below - room > Doubt) return braking.Speed + (room - braking.From) / braking.Seconds;
        }

        return CarFollowing.StopWithin(gap, deceleration, headway, dt);
    }

    /// <summary>A braking of so many steps.</summary>
    /// <param name="From">The least gap for it, metres.</param>
    /// <param name="Below">The least gap for one step more.</param>
    /// <param name="Speed">From which that least gap is braked away, m/s.</param>
    /// <param name="Seconds">During which what is more than the least gap is driven.</param>
    private readonly record struct Braking(double From, double Below, double Speed, double Seconds)
    {
        public static Braking In(double n, double deceleration, double headway, double dt)
        {
            var b = deceleration * dt;
            return new(Least(n, b, headway, dt), Least(n + 1, b, headway, dt), n * b, n * dt + headway);
        }

        private static double Least(double n, double b, double headway, double dt) => 0.5 * n * (n - 1) * b * dt + n * b * headway;
    }
}
