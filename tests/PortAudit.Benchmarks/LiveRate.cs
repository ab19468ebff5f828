using System.Diagnostics;
using System.Globalization;
using PortAudit.Live;
using PortAudit.Live.Interfaces;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Benchmarks;

/// <summary>
/// Captures from an interface until standard input ends, and prints what was read and lost: <c>live-rate observe|read
/// INTERFACE CAPTURE</c>. With <c>observe</c> the whole walk of a packet stands behind it, with <c>read</c> nothing.
/// Before that the file is observed, so that what is hot is compiled when packets come, and once more for its time,
/// which tells what the machine has to give at the moment. <c>tools/live-rate</c> makes the traffic.
/// </summary>
internal static class LiveRate
{
    public const string Command = "live-rate";

    private const int WarmRounds = 3;

    public static void Run(string[] arguments)
    {
        var offline = 0.0;
        for (var round = 0; round < WarmRounds; round++)
            offline = PacketsPerSecond(arguments[2]);
        using var stop = new CancellationTokenSource();
        using var live = LiveCapture.TryOpen(new LiveOptions { Interfaces = [arguments[1]] }, stop.Token,
            out var problems);
        if (live is null)
            throw new InvalidOperationException(string.Join("; ", problems));
        Console.WriteLine("listening");
        _ = Task.Run(() =>
        {
            Console.In.ReadToEnd();
            stop.Cancel();
        });
        var flows = 0L;
        var before = GC.GetAllocatedBytesForCurrentThread();
        if (arguments[0] == "read")
            Read(live);
        else
            TrafficObserver.Observe(CaptureSet.Of(live), new ObserverOptions(), _ => flows++, null,
                CancellationToken.None);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var drops = live.Annotations.Drops[0];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"received {drops.Received} delivered {drops.Delivered} dropped "
                + $"{drops.DroppedBySystem} flows {flows} allocated {allocated} offline {offline:F0}"));
    }

    private static double PacketsPerSecond(string capture)
    {
        using var captures = CaptureSet.Open([capture], () => Stream.Null);
        var clock = Stopwatch.StartNew();
        var summary = TrafficObserver.Observe(captures, new ObserverOptions(), _ => { }, null, CancellationToken.None);
        return summary.Captures[0].Packets / clock.Elapsed.TotalSeconds;
    }

    private static void Read(LiveCapture live)
    {
        while (live.TryRead(out _))
        {
        }
    }
}
