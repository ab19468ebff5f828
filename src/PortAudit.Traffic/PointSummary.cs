using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;

namespace PortAudit.Traffic;

/// <summary>What one capture point recorded.</summary>
/// <param name="Name">Name of the point; empty when the site names none.</param>
/// <param name="Packets">Frames.</param>
/// <param name="Bytes">Sum of original frame lengths in bytes.</param>
/// <param name="CutPackets">Frames of which the capture holds less than passed on the wire.</param>
/// <param name="FirstNs">Earliest timestamp in nanoseconds since the Unix epoch; null without a packet.</param>
/// <param name="LastNs">Latest timestamp; null without a packet.</param>
/// <param name="Filters">Capture filters recorded in the files, distinct, in ordinal order.</param>
public sealed record PointSummary(
    string Name, long Packets, long Bytes, long CutPackets, long? FirstNs, long? LastNs, ImmutableArray<string> Filters)
{
    /// <summary>
    /// Packets that were lost before they reached the captures, as far as these say so; <see cref="CaptureAnnotations.Dropped"/> tells which of
    /// them say it. What several captures report is added: parts of one recording that each repeat its count make the sum too high, never too low.
    /// </summary>
    public long Dropped { get; init; }

    /// <summary>Frames among <see cref="CutPackets"/> that are cut before their addresses and ports were complete: no flow counts them.</summary>
    public long HeadersCut { get; init; }

    /// <summary>Frames that repeat another record of themselves (<see cref="FlowRecord.Duplicates"/>); they are among <see cref="Packets"/>.</summary>
    public long Duplicates { get; init; }

    /// <summary>Flows, those inside tunnels among them.</summary>
    public long Flows { get; init; }

    /// <summary>Sum of the frame lengths that flows count, in bytes: a frame counts for the tunnel's flow and for the one inside.</summary>
    public long FlowBytes { get; init; }

    /// <summary>Flows whose content is encrypted (<see cref="FlowRecord.IsEncrypted"/>).</summary>
    public long EncryptedFlows { get; init; }

    /// <summary>The part of <see cref="FlowBytes"/> that they have.</summary>
    public long EncryptedBytes { get; init; }

    /// <summary>How steadily time runs from one frame to the next, all captures of the point in one stream.</summary>
    public CaptureClock Clock { get; init; }

    /// <summary>What of its TCP connections did not come once and in order, both directions together.</summary>
    public StreamCounters Streams { get; init; }

    /// <summary>Holes in TCP streams that were given up because a connection had too many at one time: acknowledgments that came later are not counted as gaps.</summary>
    public long HolesClosedEarly { get; init; }

    /// <summary>What one point recorded, and later: time ran on between them.</summary>
    internal static PointSummary Follow(PointSummary earlier, PointSummary later)
    {
        var sum = SumOf([earlier, later]) with { Name = earlier.Name };
        return earlier.LastNs is { } last && later.FirstNs is { } first ? sum with { Clock = sum.Clock.Step(last, first) } : sum;
    }

    /// <summary>Several points as one without a name.</summary>
    internal static PointSummary SumOf(ImmutableArray<PointSummary> points) => new(
        "",
        points.Sum(point => point.Packets),
        points.Sum(point => point.Bytes),
        points.Sum(point => point.CutPackets),
        points.Min(point => point.FirstNs),
        points.Max(point => point.LastNs),
        [.. points.SelectMany(point => point.Filters).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])
    {
        Dropped = points.Aggregate(0L, (sum, point) => InterfaceStatistics.AddSaturated(sum, point.Dropped)),
        HeadersCut = points.Sum(point => point.HeadersCut),
        Duplicates = points.Sum(point => point.Duplicates),
        Flows = points.Sum(point => point.Flows),
        FlowBytes = points.Sum(point => point.FlowBytes),
        EncryptedFlows = points.Sum(point => point.EncryptedFlows),
        EncryptedBytes = points.Sum(point => point.EncryptedBytes),
        Clock = points.Aggregate(default(CaptureClock), (clock, point) => clock.Join(point.Clock)),
        Streams = points.Aggregate(default(StreamCounters), (sum, point) => sum + point.Streams),
        HolesClosedEarly = points.Sum(point => point.HolesClosedEarly),
    };
}
