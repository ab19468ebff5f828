using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Segments;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>What passed between each pair of segments, service by service, for text and page.</summary>
internal static class SegmentTables
{
    /// <summary>Hosts of a side that a row names; more are counted.</summary>
    private const int MaximumHosts = 2;

    /// <summary>Rules that a row names.</summary>
    private const int MaximumRules = 3;

    /// <summary>The pairs in the order in which a reviewer wants them: those with escaped or misdropped flows first,
    /// then those with the most bytes.</summary>
    public static IEnumerable<SegmentPair> InOrder(IEnumerable<SegmentPair> pairs) => pairs
        .OrderByDescending(pair => pair.Words.Escaped + pair.Words.Misdropped > 0)
        .ThenByDescending(pair => pair.Bytes).ThenBy(pair => pair.From, StringComparer.Ordinal)
        .ThenBy(pair => pair.To, StringComparer.Ordinal);

    /// <summary>The table of a pair.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="maximum">Rows at most; services with escaped or misdropped flows come first, then those with the
    /// most bytes.</param>
    /// <param name="isWhole">True to show times and rules, too, for which a terminal is often too narrow.</param>
    /// <param name="baseline">Marks services that an earlier report does not have; null for none.</param>
    public static SectionTable Of(SegmentPair pair, int maximum, bool isWhole, BaselineComparison? baseline)
    {
        var services = pair.Services
            .OrderByDescending(service => service.Words.Escaped + service.Words.Misdropped > 0)
            .ThenByDescending(service => baseline?.IsNew(pair, service) == true)
            .ThenByDescending(service => service.Bytes).ToList();
        return new SectionTable(
            $"{pair.From} -> {pair.To}: {Quantity.Of(pair.Flows, "flow")}, {Quantity.Bytes(pair.Bytes)}",
            ["Service", "#Flows", "#Bytes", "Result", "Hosts", .. isWhole ? ["Seen", "Rules"] : Array.Empty<string>()],
            [
                .. services.Take(maximum).Select(service =>
                    Row(service, isWhole, isNew: baseline?.IsNew(pair, service) == true)),
            ], More(pair, services.Count - maximum));
    }

    private static ImmutableArray<ImmutableArray<string>> Row(SegmentService service, bool isWhole,
        bool isNew) =>
    [
        [isNew ? $"{Title(service)} (new)" : Title(service)],
        [Quantity.Count(service.Flows)],
        [Quantity.Bytes(service.Bytes)],
        [.. service.Words == default ? ["not judged"] : WordLines.Of(service.Words)],
        [
            $"{Side(service.Originators, service.HasMoreOriginators)} -> "
                + Side(service.Responders, service.HasMoreResponders),
        ],
        .. isWhole
            ? [[ReportTime.Span(service.FirstNs, service.LastNs)], [Shortened.Names(service.Rules, MaximumRules)]]
            : ImmutableArray<ImmutableArray<string>>.Empty,
    ];

    /// <summary>What a service is called.</summary>
    public static string Title(SegmentService service) => (service.IsAttempts, service.Name) switch
    {
        (true, _) => $"{service.Socket} attempts",
        (false, null) => service.Socket,
        (false, { } name) => name == service.Socket ? name : $"{service.Socket} {name}",
    };

    private static string Side(ImmutableArray<FindingHost> hosts, bool hasMore)
    {
        if (hasMore)
            return $"{hosts.Length} hosts or more";
        return hosts.Length <= MaximumHosts
            ? string.Join(", ", hosts.Select(host => host.Name ?? host.Address))
            : Quantity.Of(hosts.Length, "host");
    }

    private static string? More(SegmentPair pair, int left)
    {
        var more = left > 0 ? $"and {Quantity.Of(left, "more service")}: {Shortened.InJson}" : null;
        return pair.HasMoreServices
            ? $"{(more is null ? "" : $"{more}; ")}{pair.Services.Length} services are kept apart, and there were more"
            : more;
    }
}
