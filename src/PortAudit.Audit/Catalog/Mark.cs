using System.Collections.Immutable;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Catalog;

/// <summary>One thing that a host answers or asks, as a <see cref="Sign"/> names it.</summary>
/// <param name="Protocols">Registry names, one of which bytes or an announcement must prove; empty to match by port
/// alone.</param>
/// <param name="Services">Accepted services; empty for any.</param>
/// <param name="Transports">Accepted transports; empty for any.</param>
/// <param name="Ports">Server ports; empty for any.</param>
public sealed record Mark(ImmutableArray<string> Protocols, ImmutableArray<string> Services,
    ImmutableArray<IpProtocol> Transports, ImmutableArray<PortRange> Ports)
{
    /// <summary>True for a mark that only traffic with public addresses meets.</summary>
    public bool IsWithInternet { get; init; }

    /// <summary>Domains, in lower case: the client must ask for a server with such a name, or one below it (TLS server
    /// name, RFC 6066 §3); empty for any.</summary>
    public ImmutableArray<string> ServerNames { get; init; } = [];

    /// <summary>The protocols and services, for a reader: <c>dcerpc (drsuapi)</c>; empty when only the port is
    /// known.</summary>
    public string What =>
        string.Join(" or ", Protocols) + (Services.IsEmpty ? "" : $" ({string.Join(" or ", Services)})");

    /// <summary>All that it names, for a reader: <c>sip or tls on tcp 5061</c>. Two marks of one text are the
    /// same.</summary>
    public string Text => TextOf(What, $"{string.Join(" or ", Transports)} {string.Join(" or ", Ports)}".Trim())
        + (ServerNames.IsEmpty ? "" : $", of {string.Join(" or ", ServerNames)}")
        + (IsWithInternet ? ", with the Internet" : "");

    /// <summary>True when <paramref name="transport"/> and <paramref name="port"/> are among those that it
    /// names.</summary>
    public bool Covers(IpProtocol transport, ushort port)
    {
        if (!Transports.IsEmpty && !Transports.Contains(transport))
            return false;
        if (Ports.IsEmpty)
            return true;
        foreach (var range in Ports)
        {
            if (range.Contains(port))
                return true;
        }

        return false;
    }

    /// <summary>True when <paramref name="serverName"/> is one that it asks for. Null is no name.</summary>
    public bool Accepts(string? serverName) =>
        ServerNames.IsEmpty || (serverName is not null && ServerNames.Any(domain => IsBelow(serverName, domain)));

    private static bool IsBelow(string serverName, string domain) =>
        serverName.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
        && (serverName.Length == domain.Length || serverName[^(domain.Length + 1)] == '.');

    private static string TextOf(string what, string where)
    {
        if (what.Length == 0)
            return where;
        return where.Length == 0 ? what : $"{what} on {where}";
    }
}
