using System.Collections.Immutable;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>A site rule that is proposed: an ordinary service by which a role was recognised, and which no rule of the
/// proposed catalogs covers.</summary>
/// <param name="Id">Identifier: <c>seen.FROM.TO.PROTOCOL.TRANSPORT</c>.</param>
/// <param name="From">Role of the clients.</param>
/// <param name="To">Role of the servers.</param>
/// <param name="Transport">Transport.</param>
/// <param name="Ports">Ports, ascending; empty for a transport without ports.</param>
/// <param name="Protocol">Registry name of the protocol that was proved.</param>
/// <param name="Evidence">The flows for which it is proposed, the first of them.</param>
public sealed record RuleProposal(string Id, string From, string To, IpProtocol Transport,
    ImmutableArray<ushort> Ports, string Protocol, RoleEvidence Evidence)
{
    /// <summary>The protocol that announces the ports, whichever they are, where the rule is for the media of calls;
    /// null otherwise.</summary>
    public string? AnnouncedBy { get; init; }
}
