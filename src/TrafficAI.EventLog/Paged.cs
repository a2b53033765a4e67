using System.Runtime.CompilerServices;

namespace TrafficAI.EventLog;

/// <summary>Reads in pages, so that no lock and no open query outlives a step of the reader.</summary>
internal static class Paged
{
    /// <param name="next">The page after the given item (null: the first page); empty at the end.</param>
    public static async IAsyncEnumerable<T> Read<T>(Func<T?, IReadOnlyList<T>> next, [EnumeratorCancellation] CancellationToken cancel)
        where T : class
    {
        for (T? last = null; ;)
        {
            cancel.ThrowIfCancellationRequested();
            var page = next(last);
            if (page.Count == 0) yield break;
            foreach (var item in page)
            {
                cancel.ThrowIfCancellationRequested();
                yield return item;
            }
            last = page[^1];
        }
    }
}
