using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic;
using PortAudit.Traffic.Capture;

namespace PortAudit.Benchmarks;

/// <summary>
/// Audits captures and prints how large the saved audit is and what saving and taking up take of the processor's time: <c>state-size SITE CAPTURE…</c>. What is said of the last of several rounds is without the time of compiling.
/// </summary>
internal static class StateSize
{
    public const string Command = "state-size";

    private const int Rounds = 5;

    public static void Run(string[] arguments)
    {
        var load = SiteLoader.Load(arguments[0], null);
        var auditor = new Auditor(load.Catalogs!, load.Site!, withTimelines: true);
        var options = new ObserverOptions { CapturePointOf = new CapturePointBinding(load.Site!.CapturePoints).PointOf, KeepFrames = true };
        var observation = TrafficObserver.Observe(CaptureSet.Open(ImmutableArray.Create(arguments[1..]), () => Stream.Null), options, auditor.Add, null, CancellationToken.None);
        for (var round = 0; round < Rounds; round++)
        {
            using var stream = new MemoryStream();
            var before = Environment.CpuUsage.TotalTime;
            AuditState.Save(auditor, observation, "0", stream);
            var saved = Environment.CpuUsage.TotalTime;
            stream.Position = 0;
            if (!AuditState.TryLoad(stream, load.Catalogs!, load.Site!, withTimelines: true, out _, out var problem))
                throw new InvalidOperationException(problem.Text);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"flows {observation.Total.Flows}  bytes {stream.Length}  saved in {(saved - before).TotalMilliseconds:F0} ms  taken up in {(Environment.CpuUsage.TotalTime - saved).TotalMilliseconds:F0} ms"));
        }
    }
}
