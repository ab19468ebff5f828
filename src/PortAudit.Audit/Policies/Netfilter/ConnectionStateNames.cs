using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>States of connections by the names of iptables and nft.</summary>
internal static class ConnectionStateNames
{
    /// <summary>The state of a name; null for another word, such as <c>DNAT</c>, which is no state but a
    /// status.</summary>
    public static ConnectionStates? Named(string name) => name.ToUpperInvariant() switch
    {
        "NEW" => ConnectionStates.New,
        "ESTABLISHED" => ConnectionStates.Established,
        "RELATED" => ConnectionStates.Related,
        "INVALID" => ConnectionStates.Invalid,
        "UNTRACKED" => ConnectionStates.Untracked,
        _ => null,
    };
}
