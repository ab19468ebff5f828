using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Saving;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Benchmarks;

/// <summary>
/// Audits captures and prints how large the saved audit is and how long saving and taking up last: <c>state-size SITE
/// CAPTURE…</c>. What is said of the last of several rounds is without the time of compiling.
/// </summary>
internal static class StateSize
{
    public const string Command = "state-size";

    private const int Rounds = 5;

    public static void Run(string[] arguments)
    {
        var load = SiteLoader.Load(arguments[0], null);
        var auditor = new Auditor(load.Catalogs!, load.Site!, withTimelines: true);
        var options = new ObserverOptions
        {
            CapturePointOf = new CapturePointBinding(load.Site!.CapturePoints).PointOf,
            KeepFrames = true
        };
        var observation = TrafficObserver.Observe(CaptureSet.Open(ImmutableArray.Create(arguments[1..]),
            () => Stream.Null), options, auditor.Add, null, CancellationToken.None);
        using var stream = new MemoryStream();
        for (var round = 0; round < Rounds; round++)
        {
            stream.SetLength(0);
            Tell("saved", stream, () => AuditState.Save(auditor, observation, "0", stream));
        }

        for (var round = 0; round < Rounds; round++)
        {
            stream.Position = 0;
            Tell("taken up", stream, () =>
            {
                if (!AuditState.TryLoad(stream, load.Catalogs!, load.Site!, withTimelines: true, [], out _,
                    out var problem))
                    throw new InvalidOperationException(problem.Text);
            });
        }
    }

    private static void Tell(string what, MemoryStream stream, Action run)
    {
        var (before, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        run();
        var (processor, passed) = (Environment.CpuUsage.TotalTime - before, watch.Elapsed);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stream.Length} bytes {what} in "
            + $"{passed.TotalMilliseconds:F0} ms, {processor.TotalMilliseconds:F0} ms of the processor"));
    }
}
