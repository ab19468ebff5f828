using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Coverage;

/// <summary>
/// Why what a capture point did not show proves nothing (docs/decisions/002-observability.md). Loss counts from one
/// part in twenty on: a flow is missed only when all of its packets are, so that less than this hides fewer than one in
/// 400 flows of two packets.
/// </summary>
internal static class VisibilityLimits
{
    private const int OneIn = 20;

    /// <summary>The reason, one sentence; null when an absence at the point means something.</summary>
    public static string? Why(PointSummary point, ActivityLedger activity) =>
        WhyFiltered(point) ?? WhySampled(point)
        ?? WhyLopsided(point, activity) ?? WhyDropped(point) ?? WhyCut(point) ?? WhyGaps(point, activity);

    private static string? WhyFiltered(PointSummary point) => point.Filters.IsEmpty
        ? null
        : $"The capture filter \"{string.Join("\", \"", point.Filters)}\" of {NameOf(point)} may have hidden it.";

    private static string? WhySampled(PointSummary point) => IsMuch(point.SampledFlows, point.Flows)
        ? $"The flow log at {NameOf(point)} counts a sample of the packets, so what it does not show proves nothing."
        : null;

    private static string? WhyLopsided(PointSummary point, ActivityLedger activity)
    {
        if (!activity.IsLopsided(point.Name))
            return null;
        var (tcp, oneWay) = activity.TcpAt(point.Name);
        return $"Of {Quantity.Of(tcp, "TCP flow")} at {NameOf(point)}, {Quantity.Count(oneWay)} show one direction "
            + "only, so what it did not see proves nothing.";
    }

    private static string? WhyDropped(PointSummary point) => IsMuch(point.Dropped,
        (Int128)point.Packets + point.Dropped)
        ? $"At {NameOf(point)}, {Quantity.Of(point.Dropped, "packet")} were lost and "
            + $"{Quantity.Count(point.Packets)} recorded, so what it did not see proves nothing."
        : null;

    private static string? WhyCut(PointSummary point) => IsMuch(point.HeadersCut, point.Packets)
        ? $"At {NameOf(point)}, addresses and ports of {Quantity.Count(point.HeadersCut)} of "
            + $"{Quantity.Of(point.Packets, "frame")} are cut off, so what it did not see proves nothing."
        : null;

    private static string? WhyGaps(PointSummary point, ActivityLedger activity)
    {
        var (seen, lost) = activity.StreamBytesAt(point.Name);
        return IsMuch(lost, (Int128)seen + lost)
            ? $"At {NameOf(point)}, at least {Quantity.Of(lost, "byte")} of TCP streams got acknowledged without being "
                + $"recorded; {Quantity.Count(seen)} were recorded. What it did not see proves nothing."
            : null;
    }

    private static bool IsMuch(long part, Int128 whole) => (Int128)part * OneIn > whole;

    private static string NameOf(PointSummary point) =>
        point.Name.Length == 0 ? "the capture" : $"capture point {point.Name}";
}
