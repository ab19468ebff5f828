using PortAudit.Audit.Segments;

namespace PortAudit.Reports.Baseline;

/// <summary>What makes a service between two segments the same in two reports. How a name is known does not
/// count.</summary>
/// <param name="From">Segment of the originators.</param>
/// <param name="To">Segment of the responders.</param>
/// <param name="Transport">IP protocol.</param>
/// <param name="Ports">Ports of the responders; empty without.</param>
/// <param name="Name">Protocol and service; empty when not known.</param>
internal readonly record struct SegmentServiceKey(string From, string To, string Transport, string Ports, string Name)
{
    /// <summary>The key of a service of this report.</summary>
    public static SegmentServiceKey Of(SegmentPair pair, SegmentService service) =>
        new(pair.From, pair.To, service.Transport.ToString(), service.Ports, Bare(service.Name));

    /// <summary>The keys of a pair of an earlier report, without attempts.</summary>
    public static IEnumerable<SegmentServiceKey> Of(ReportNode pair) => pair["services"].Items
        .Where(service => !service["attempts"].Flag)
        .Select(service => new SegmentServiceKey(pair["from"].Text, pair["to"].Text, service["transport"].Text,
            service["port"].TextOrNull ?? "", Bare(service["name"].TextOrNull)));

    private static string Bare(string? name) => (name ?? "").Replace("?", "", StringComparison.Ordinal);
}
