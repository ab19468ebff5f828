using System.Globalization;
using PortAudit.Audit.Roles;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Roles;

/// <summary>Evidence for roles as text says it. Names of services and files are untrusted and must be escaped for
/// display.</summary>
internal static class EvidenceWords
{
    /// <summary>Hosts at the other end that are named, and names of a host that are shown, at most.</summary>
    private const int MaximumNamed = 3;

    /// <summary>One line: <c>serves kerberos at tcp 88: 4 flows of 2 clients (10.0.0.1, 10.0.0.2), first logon.pcap#12,
    /// payload</c>.</summary>
    public static string Of(RoleEvidence evidence, ObservationSummary observation)
    {
        var verb = evidence.Served ? "serves" : "uses";
        var peer = evidence.Served ? "client" : "server";
        var peers = Quantity.Of(evidence.Peers.Length, peer);
        var named = string.Join(", ", evidence.Peers.Take(MaximumNamed))
            + (evidence.Peers.Length > MaximumNamed ? " and others" : "");
        var frame = evidence.Frame is { } first ? $", first {Frame(first, observation)}" : "";
        return $"{verb} {(evidence.Mark.What.Length == 0 ? "something" : evidence.Mark.What)} at {Ports(evidence)}: "
            + $"{Quantity.Of(evidence.Flows, "flow")} of {(evidence.HasMorePeers ? "more than " : "")}{peers} "
            + $"({named}){frame}, {evidence.Basis.ToText()}";
    }

    /// <summary>The transports and ports: <c>tcp 88, udp 88</c>.</summary>
    public static string Ports(RoleEvidence evidence) => string.Join(", ", evidence.Ports.Select(port =>
        port.Transport.HasPorts
            ? string.Create(CultureInfo.InvariantCulture, $"{port.Transport} {port.Port}")
            : port.Transport.ToString()));

    /// <summary>The ports of a host that only answers: <c>tcp 22, 80</c>.</summary>
    public static string Ports(AnsweringHost host) =>
        $"tcp {string.Join(", ", host.Ports.Select(port => port.ToString(CultureInfo.InvariantCulture)))}"
        + (host.HasMorePorts ? " and others" : "");

    /// <summary>A frame: <c>FILE#NUMBER</c>.</summary>
    public static string Frame(FrameReference frame, ObservationSummary observation) =>
        string.Create(CultureInfo.InvariantCulture, $"{observation.Captures[frame.Capture].Path}#{frame.Number}");

    /// <summary>A name for a segment: <c>near</c>, or <c>behind-</c> and the link address of the router; numbered
    /// where several would have the same.</summary>
    public static string NameOf(SideSegment segment, IReadOnlyList<SideSegment> all)
    {
        var name = Name(segment);
        var before = all.TakeWhile(other => other != segment).Count(other => Name(other) == name);
        return before == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{before + 1}");
    }

    /// <summary>On which side a prefix is, and what shows it.</summary>
    public static string Of(PrefixSide side, ObservationSummary observation)
    {
        var where = side.Point.Length > 0 ? $" at {side.Point}" : "";
        var frame = Frame(side.First, observation);
        return side.Router is { } router
            ? $"behind the router {router}{where}: hop limits are lowered, first {frame}"
            : $"on the link{where}: hosts send from link addresses of their own, first {frame}";
    }

    private static string Name(SideSegment segment) => segment.Router is { } router
        ? $"behind-{router.ToString().Replace(':', '-')}"
        : "near";

    /// <summary>Names with their basis: <c>dc1.contoso.test (dns-answer), dc1 (ntlm)</c>; empty if none.</summary>
    public static string Names(IReadOnlyList<NameSighting> names) =>
        string.Join(", ", names.Take(MaximumNamed).Select(name => $"{name.Name} ({name.Basis.ToText()})"))
        + (names.Count > MaximumNamed
            ? string.Create(CultureInfo.InvariantCulture, $" and {names.Count - MaximumNamed} more")
            : "");
}
