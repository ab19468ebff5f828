using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Writing;

/// <summary>What a finding is about in a line: kind, hosts, service and volume.</summary>
internal static class FindingHeadline
{
    /// <summary>Hosts of a side that are named; more are counted.</summary>
    private const int MaximumNamed = 2;

    /// <summary>Characters up to which ports are listed; more of them are counted.</summary>
    private const int MaximumPortText = 24;

    /// <summary>Protocols that are named; more are counted.</summary>
    private const int MaximumProtocols = 3;

    /// <summary>The line: <c>unexpected-traffic: pc7 to 203.0.113.9, tcp 5901 vnc?, 1.2 MB</c>.</summary>
    public static string Of(Finding finding) => $"{finding.Kind.ToText()}: {About(finding)}".TrimEnd(' ', ':');

    /// <summary>The line without the kind; empty for a finding without hosts, service and roles.</summary>
    public static string About(Finding finding) =>
        string.Join(", ", new[] { Who(finding), Service(finding), Volume(finding) }.Where(part => part.Length > 0));

    /// <summary>The hosts; the roles where none is known.</summary>
    public static string Who(Finding finding)
    {
        var from = Side(finding.Originators, "client", finding.FromRole);
        var to = Side(finding.Responders, "server", finding.ToRole);
        if (from.Length == 0 || to.Length == 0)
            return from + to;
        return $"{from} to {to}";
    }

    /// <summary>Transport, ports and protocol. Where nothing but the port names the protocol, it has a question
    /// mark.</summary>
    public static string Service(Finding finding)
    {
        var ports = finding.Ports.Length <= MaximumPortText
            ? finding.Ports
            : $"{Quantity.Count(finding.Ports.Split(',').Length)} ports or ranges";
        var name = Protocols(finding) ?? (PortName(finding) is { } guess ? $"{guess}?" : "");
        return string.Join(' ', new[] { finding.Transport, ports, name == finding.Transport ? "" : name }
            .Where(part => part.Length > 0));
    }

    private static string? Protocols(Finding finding) =>
        finding.Protocol?.Split(',') is { Length: > MaximumProtocols } names
            ? $"{Quantity.Count(names.Length)} protocols"
            : finding.Protocol;

    private static string Volume(Finding finding) => finding.Flows == 0 ? "" : Quantity.Bytes(finding.Bytes);

    private static string Side(ImmutableArray<FindingHost> hosts, string noun, string role)
    {
        if (hosts.IsEmpty)
            return role;
        return hosts.Length <= MaximumNamed
            ? string.Join(" and ", hosts.Select(host => host.Name ?? host.Address).Distinct(StringComparer.Ordinal))
            : $"{(hosts.Length == Finding.MaximumHosts ? "at least " : "")}{Quantity.Of(hosts.Length, noun)}";
    }

    private static string? PortName(Finding finding)
    {
        if (finding.Flows == 0 || !ushort.TryParse(finding.Ports, System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture, out var port)
            || !IpProtocol.TryParse(finding.Transport, out var transport))
            return null;
        return RemoteControl.NameOf(transport, port) ?? ProtocolRegistry.ByPort(transport, port)?.Name;
    }
}
