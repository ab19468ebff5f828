using System.Collections.Immutable;
using System.Diagnostics;
using PortAudit.Live;
using PortAudit.Live.Host;
using PortAudit.Live.Interfaces;
using PortAudit.Tests.Capture;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Live;

/// <summary>A live capture that is over.</summary>
/// <param name="Packets">What it handed out.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="Counters">Its counters, an interface each.</param>
/// <param name="Interfaces">Its interfaces.</param>
/// <param name="Problems">Interfaces that were lost.</param>
internal sealed record LiveRun(
    List<PacketCopy> Packets, CaptureEnd Ending, ImmutableArray<InterfaceStatistics> Counters,
    IReadOnlyList<CaptureInterface> Interfaces, ImmutableArray<LiveProblem> Problems)
{
    private const int PatienceMs = 20_000;

    /// <summary>Time for packets that should not come.</summary>
    private const int GraceMs = 150;

    public static LiveOptions Options(params string[] interfaces) => new()
    {
        Interfaces =
        [.. interfaces.Length == 0 ? [VethPair.Interface()] : interfaces]
    };

    /// <summary>Captures in the namespace that receives until there are enough packets, then a little longer, and
    /// stops.</summary>
    /// <param name="link">Where.</param>
    /// <param name="options">What.</param>
    /// <param name="packets">How many packets are expected; with fewer it ends after 20 seconds.</param>
    /// <param name="whenOpen">Makes the traffic, on another thread.</param>
    public static LiveRun Of(VethPair link, LiveOptions options, int packets, Action whenOpen) => link.Near.In(() =>
    {
        using var stop = new CancellationTokenSource();
        using var live = Open(options, stop.Token);
        var traffic = Task.Run(whenOpen);
        var got = new List<PacketCopy>();
        var clock = Stopwatch.StartNew();
        while (got.Count < packets && clock.ElapsedMilliseconds < PatienceMs
            && live.Read(GraceMs, out var packet) is var read and not CaptureRead.Ended)
        {
            if (read == CaptureRead.Packet)
                got.Add(PacketCopy.Of(packet));
        }

        traffic.Wait();
        while (live.Read(GraceMs, out var late) == CaptureRead.Packet)
            got.Add(PacketCopy.Of(late));
        stop.Cancel();
        while (live.TryRead(out var last))
            got.Add(PacketCopy.Of(last));
        return new LiveRun(got, live.Ending!, live.Annotations.Drops, live.Interfaces, live.Problems);
    });

    /// <summary>Opens a capture that is expected to open.</summary>
    public static LiveCapture Open(LiveOptions options, CancellationToken stop) =>
        LiveCapture.TryOpen(options, stop, out var problems)
        ?? throw new InvalidOperationException(string.Join("; ", problems));

    /// <summary>The problem of a capture that is expected not to open.</summary>
    public static LiveProblem Refusal(LiveOptions options)
    {
        using var live = LiveCapture.TryOpen(options, CancellationToken.None, out var problems);
        Assert.Null(live);
        return Assert.Single(problems);
    }
}
