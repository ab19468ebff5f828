using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>Fills the fields that findings of every kind share.</summary>
internal static class FindingDrafting
{
    /// <summary>Ranges of ports that a finding lists at most; beyond it the outermost ports stand for all.</summary>
    public const int MaximumRanges = 50;

    /// <summary>A finding about flows, of the severity of its kind.</summary>
    public static FindingDraft OfFlows(FindingKey key, FlowGroup flows, string explanation, string remedy) =>
        OfFlows(key, flows, key.Kind.Row().Severity, explanation, remedy);

    public static FindingDraft OfFlows(FindingKey key, FlowGroup flows, Severity severity, string explanation,
        string remedy) => new(
        new Finding
        {
            Id = key.Id,
            Kind = key.Kind,
            Severity = severity,
            FromRole = key.From,
            ToRole = key.To,
            Originators = Hosts(flows.Originators),
            Responders = Hosts(flows.Responders),
            Transport = string.Join(',', flows.Transports),
            Ports = PortText(flows),
            Protocol = ControlService(flows) ?? ProxyOf(flows) ?? SeenProtocols(flows) ?? AskedProtocols(key),
            Verdict = flows.FirstVerdict,
            Rule = key.Rule?.Rule,
            Flows = flows.Flows,
            Arrivals = flows.Arrivals,
            Bytes = flows.Bytes,
            FirstSeenNs = flows.FirstNs,
            LastSeenNs = flows.LastNs,
            CapturePoints = [.. flows.Points],
            DirectionBasis = flows.Outcomes.WeakestBasis,
            Explanation = explanation + Limits(flows),
            Remedy = remedy,
            Evidence = Evidence.None,
        },
        flows)
        {
            Rule = key.Rule,
        };

    /// <summary>A finding about something that did not happen, of the severity of its kind.</summary>
    public static FindingDraft OfAbsence(
        FindingKey key,
        ImmutableArray<IpProtocol> transports,
        ImmutableArray<PortRange> ports,
        string explanation,
        string remedy) => OfAbsence(key, key.Kind.Row().Severity, transports, ports, explanation, remedy);

    public static FindingDraft OfAbsence(
        FindingKey key, Severity severity, ImmutableArray<IpProtocol> transports, ImmutableArray<PortRange> ports,
        string explanation, string remedy) => new(
        new Finding
        {
            Id = key.Id,
            Kind = key.Kind,
            Severity = severity,
            FromRole = key.From,
            ToRole = key.To,
            Originators = [],
            Responders = [],
            Transport = string.Join(',', transports.Order()),
            Ports = string.Join(',', ports.Order()),
            Protocol = AskedProtocols(key),
            Verdict = null,
            Rule = key.Rule?.Rule,
            Flows = 0,
            Bytes = 0,
            FirstSeenNs = null,
            LastSeenNs = null,
            CapturePoints = [],
            Explanation = explanation,
            Remedy = remedy,
            Evidence = Evidence.None,
        },
        null)
        {
            Rule = key.Rule,
        };

    /// <summary>The responder ports of the flows; empty when they have none.</summary>
    public static string PortText(FlowGroup flows)
    {
        var ranges = flows.PortRanges();
        return ranges.Length <= MaximumRanges
            ? string.Join(',', ranges)
            : new PortRange(ranges[0].First, ranges[^1].Last).ToString();
    }

    // Only what did not come about is named by what the rule asks for.
    private static string? AskedProtocols(FindingKey key) =>
        key.Kind.Row().IsAboutNeed && key.Rule is { Rule.Protocols.IsEmpty: false } rule
        ? string.Join(',', rule.Rule.Protocols)
        : null;

    /// <summary>The service by which hosts are controlled that bytes prove inside another protocol, such as WinRM in
    /// HTTP; null where there is none, or not in all flows.</summary>
    private static string? ControlService(FlowGroup flows) =>
        flows.Retained.Kept.Select(flow => ProtocolComparison.IsProof(flow.ServiceBasis) ? flow.Service : null)
            .Distinct(StringComparer.Ordinal).ToList() is [{ } only] && RemoteControl.IsName(only)
            ? only
            : null;

    /// <summary>The protocol of the proxy through which all flows went: it is served at their ports.</summary>
    private static string? ProxyOf(FlowGroup flows) =>
        flows.Retained.Kept.Select(flow => flow.Proxy()).Distinct(StringComparer.Ordinal).ToList() is [{ } only]
            ? only
            : null;

    private static string? SeenProtocols(FlowGroup flows) =>
        flows.Protocols.Count == 0 ? null : string.Join(',', flows.Protocols.Keys);

    public static ImmutableArray<FindingHost> Hosts(BottomKSet<HostIdentity> hosts) =>
    [
        .. hosts.Kept.Select(host => new FindingHost(host.Address.ToString(), host.ShownName))
            .OrderBy(host => host.Address, StringComparer.Ordinal),
    ];

    private static string PointName(string point) => point.Length == 0 ? "(unnamed)" : point;

    private static string Limits(FlowGroup flows)
    {
        var text = flows.Tunnelled.Sentence(flows.Flows);
        if (flows.Points.Count > 1)
            text += $" Seen at the capture points {string.Join(", ", flows.Points.SkipLast(1).Select(PointName))} and "
                + $"{flows.Points.Max}; what several of them recorded counts once.";
        if (flows.Originators.IsOverflown || flows.Responders.IsOverflown)
            text += $" Of the hosts of a side only the {FlowGroup.MaximumHosts} with the lowest addresses are listed.";
        if (flows.PortRanges().Length > MaximumRanges)
            text += $" {flows.Ports.Count} different ports of the range were used.";
        if (flows.Tuples.IsCoarse && flows.Flows > FlowTuples.MaximumTerms)
            text += $" More than {FlowTuples.MaximumTerms} different flows: the filter omits ports or hosts and "
                + $"may also select other packets.";
        return text;
    }
}
