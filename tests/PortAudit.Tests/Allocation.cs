namespace PortAudit.Tests;

/// <summary>
/// Measures what code allocates. The runtime now and then allocates something on a thread itself (while it compiles a
/// loop anew, for one); code that allocates does so every time. So the least of several runs counts.
/// </summary>
internal static class Allocation
{
    private const int Attempts = 5;

    /// <summary>The least number of bytes that this thread allocated in a run, after one that is not counted.</summary>
    public static long Least(Action run)
    {
        run();
        return LeastMeasured(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }

    /// <summary>The least of several measurements.</summary>
    public static long LeastMeasured(Func<long> measure)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
            least = Math.Min(least, measure());
        return least;
    }
}
