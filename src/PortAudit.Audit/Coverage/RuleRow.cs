using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;

namespace PortAudit.Audit.Coverage;

/// <summary>The status of one rule for one pair of roles.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="From">Originating role of this row.</param>
/// <param name="To">Responding role of this row.</param>
/// <param name="Status">The best that any pair of hosts reached.</param>
/// <param name="Reason">Why, one sentence.</param>
/// <param name="Flows">Flows that exercised or tried it.</param>
/// <param name="FirstSeenNs">Start of the first of them; null if none.</param>
/// <param name="LastSeenNs">End of the last of them; null if none.</param>
/// <param name="Hosts">Pairs of hosts that exercised or tried it, by names.</param>
public sealed record RuleRow(
    Rule Rule,
    string From,
    string To,
    RuleStatus Status,
    string Reason,
    long Flows,
    long? FirstSeenNs,
    long? LastSeenNs,
    ImmutableArray<RuleHosts> Hosts)
{
    /// <summary>Those in the originating role that took no part; none while the rule does not apply.</summary>
    public NonParticipants IdleOriginators { get; init; } = NonParticipants.None;

    /// <summary>Those in the responding role to which no flow of the rule was opened.</summary>
    public NonParticipants IdleResponders { get; init; } = NonParticipants.None;
}

/// <summary>What one pair of hosts did under a rule.</summary>
/// <param name="Originator">Name of the originating host, or its address.</param>
/// <param name="Responder">Name of the responding host, or its address.</param>
/// <param name="Status">The best that this pair reached.</param>
/// <param name="Flows">Number of its flows.</param>
public sealed record RuleHosts(string Originator, string Responder, RuleStatus Status, long Flows);
