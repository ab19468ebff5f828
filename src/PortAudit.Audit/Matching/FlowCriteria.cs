using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>What flows are selected by. Of each list a flow needs to meet one entry, by either end; an empty list asks
/// for nothing.</summary>
public sealed record FlowCriteria
{
    /// <summary>No criterion: every flow.</summary>
    public static readonly FlowCriteria None = new();

    /// <summary>Hosts: the text by which each is named, and its addresses.</summary>
    public ImmutableArray<(string Text, ImmutableArray<Prefix> Prefixes)> Hosts { get; init; } = [];

    /// <summary>Networks.</summary>
    public ImmutableArray<Prefix> Networks { get; init; } = [];

    /// <summary>Ports of TCP, UDP and SCTP.</summary>
    public ImmutableArray<PortRange> Ports { get; init; } = [];

    /// <summary>Transports; together with <see cref="Protocols"/> one list.</summary>
    public ImmutableArray<IpProtocol> Transports { get; init; } = [];

    /// <summary>Names of protocols or services.</summary>
    public ImmutableArray<string> Protocols { get; init; } = [];

    /// <summary>Roles; a host of a role that is a kind of one meets it.</summary>
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>Segments of the site.</summary>
    public ImmutableArray<string> Segments { get; init; } = [];

    /// <summary>True when every flow is selected.</summary>
    public bool IsNone => Hosts.IsEmpty && Networks.IsEmpty && Ports.IsEmpty && Transports.IsEmpty
        && Protocols.IsEmpty && Roles.IsEmpty && Segments.IsEmpty;

    /// <summary>The criteria as a reader writes them, one for each list: <c>port 443 or 8000-8100</c>.</summary>
    public ImmutableArray<string> Texts =>
    [
        .. new[]
        {
            Text("host", Hosts.Select(host => host.Text)),
            Text("net", Networks.Select(network => network.ToString())),
            Text("port", Ports.Select(range => range.ToString())),
            Text("protocol", [.. Transports.Select(transport => transport.ToString()), .. Protocols]),
            Text("role", Roles),
            Text("segment", Segments),
        }.OfType<string>(),
    ];

    private static string? Text(string what, IEnumerable<string> values) =>
        string.Join(" or ", values) is { Length: > 0 } joined ? $"{what} {joined}" : null;
}
