namespace TrafficAI.Optimisation.Plans;

/// <summary>Brings wished greens onto a cycle.</summary>
public static class CycleProjection
{
    /// <summary>The greens nearest to the wished ones (in the sum of squares) that fill the cycle and keep the minima, in whole seconds.</summary>
    /// <param name="wished">Seconds per step, any numbers.</param>
    /// <param name="least">Per step the shortest green; together at most <paramref name="total"/>.</param>
    /// <param name="total">Seconds of all greens together.</param>
    public static int[] Whole(ReadOnlySpan<double> wished, ReadOnlySpan<int> least, int total)
    {
        var exact = Nearest(wished, least, total);
        var greens = new int[exact.Length];
        var left = total;
        for (var step = 0; step < exact.Length; step++) left -= greens[step] = Math.Max(least[step], (int)exact[step]);
        for (; left > 0; left--) greens[MostMissing(exact, greens)]++;
        return greens;
    }

    private static double[] Nearest(ReadOnlySpan<double> wished, ReadOnlySpan<int> least, int total)
    {
        var greens = wished.ToArray();
        var held = new bool[greens.Length];
        for (var again = true; again;)
        {
            again = false;
            var (sum, free) = (0.0, 0);
            for (var step = 0; step < greens.Length; step++) (sum, free) = held[step] ? (sum + least[step], free) : (sum + wished[step], free + 1);
            var shift = free == 0 ? 0 : (total - sum) / free;
            for (var step = 0; step < greens.Length; step++)
            {
                greens[step] = held[step] ? least[step] : wished[step] + shift;
                if (held[step] || greens[step] >= least[step]) continue;
                (held[step], again) = (true, true);
            }
        }

        return greens;
    }

    private static int MostMissing(double[] exact, int[] greens)
    {
        var most = 0;
        for (var step = 1; step < greens.Length; step++)
            if (exact[step] - greens[step] > exact[most] - greens[most]) most = step;
        return most;
    }
}
