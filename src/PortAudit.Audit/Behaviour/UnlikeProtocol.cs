using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PortAudit.Audit.Behaviour;

/// <summary>Kinds of behaviour that no ordinary use of a protocol shows. Protocols that carry anything, such as HTTP,
/// SMB and TLS, have none.</summary>
internal static class UnlikeProtocol
{
    private static readonly ImmutableArray<BehaviourKind> OfMedia =
        [BehaviourKind.BulkTransfer, BehaviourKind.Web, BehaviourKind.InteractiveShell, BehaviourKind.Tunnel];

    private static readonly ImmutableArray<BehaviourKind> OfQueries =
        [BehaviourKind.Voice, BehaviourKind.Video, BehaviourKind.RemoteDesktop, BehaviourKind.Tunnel];

    private static readonly FrozenDictionary<string, ImmutableArray<BehaviourKind>> Kinds =
        new Dictionary<string, ImmutableArray<BehaviourKind>>(StringComparer.Ordinal)
        {
            ["rtp"] = OfMedia,
            ["rtcp"] = OfMedia,
            ["stun"] = OfMedia,
            ["msturn"] = OfMedia,
            ["dns"] = OfQueries,
            ["nbns"] = OfQueries,
            ["ntp"] = OfQueries,
            ["snmp"] = OfQueries,
            ["syslog"] = OfQueries,
            ["radius"] = OfQueries,
            ["ldap"] = OfQueries,
            ["cldap"] = OfQueries,
            ["kerberos"] = OfQueries,
            ["kpasswd"] = OfQueries,
            ["ssrp"] = OfQueries,
            ["tds"] = OfQueries,
            ["sip"] = OfQueries,
            ["dhcp"] = OfQueries,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The protocols of the table, in ordinal order.</summary>
    public static IEnumerable<string> Protocols => Kinds.Keys.Order(StringComparer.Ordinal);

    /// <summary>True when a flow of this kind would be a strange use of each of these protocols.</summary>
    /// <param name="protocols">Registry names; none say nothing.</param>
    /// <param name="kind">The kind.</param>
    public static bool Holds(ImmutableArray<string> protocols, BehaviourKind kind) =>
        !protocols.IsEmpty
        && protocols.All(protocol => Kinds.TryGetValue(protocol, out var kinds) && kinds.Contains(kind));
}
