using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>A statement of a rule (nft(8), "Statements" and "Expressions").</summary>
internal abstract record NftStatement;

/// <summary>A comparison.</summary>
/// <param name="Fields">What is compared: <c>ip saddr</c>, <c>tcp dport</c>, <c>meta iifname</c>; several of a
/// concatenation.</param>
/// <param name="Operator"><c>==</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>, or <c>in</c> when
/// bits are looked for.</param>
/// <param name="Mask">Bits that are looked at; null for all.</param>
/// <param name="Right">What it is compared with.</param>
/// <param name="Text">The comparison in words.</param>
internal sealed record NftMatch(ImmutableArray<string> Fields, string Operator, NftValue? Mask, NftValue Right,
    string Text) : NftStatement;

/// <summary>What to do.</summary>
/// <param name="Action">The action; null when it is not known.</param>
/// <param name="Target">Chain of a jump.</param>
/// <param name="Reason">Why the action is not known.</param>
internal sealed record NftVerdict(PolicyAction? Action, string? Target = null, string? Reason = null) : NftStatement;

/// <summary>What to do by a map.</summary>
/// <param name="Fields">What is looked up.</param>
/// <param name="Map">The map or its name.</param>
/// <param name="Text">The statement in words.</param>
internal sealed record NftVerdictMap(ImmutableArray<string> Fields, NftValue Map, string Text) : NftStatement;

/// <summary>A counter with its packets.</summary>
internal sealed record NftCounter(long Packets) : NftStatement;

/// <summary>A condition that is not evaluated.</summary>
internal sealed record NftCondition(ConditionKind Kind, string Text, string Reason) : NftStatement;

/// <summary>A translation of addresses.</summary>
/// <param name="Kind"><c>snat</c>, <c>dnat</c>, <c>masquerade</c> or <c>redirect</c>.</param>
/// <param name="Address">New address, prefix or range; null for none or one that is looked up.</param>
internal sealed record NftTranslation(string Kind, string? Address) : NftStatement;

/// <summary>Something that decides nothing: a log entry, a mark, a change of a header.</summary>
/// <param name="UpdatedSet">Set that it adds packets to; null for none.</param>
/// <param name="IsExemption">True for <c>notrack</c>.</param>
internal sealed record NftEffect(string? UpdatedSet = null, bool IsExemption = false) : NftStatement;

/// <summary>A rule.</summary>
/// <param name="Statements">Its statements in their order.</param>
/// <param name="Comment">Its comment; null without one.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Text">Its text, shortened and escaped.</param>
internal sealed record NftRule(ImmutableArray<NftStatement> Statements, string? Comment, int Line, string Text);
