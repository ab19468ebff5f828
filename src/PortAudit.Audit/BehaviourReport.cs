using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit;

/// <summary>What a model of behaviour says of an audit's flows.</summary>
/// <param name="Kinds">The kinds that it knows, in their order.</param>
/// <param name="Unlike">Flows that rules let pass by their port and that behave unlike it, by roles and rule; without
/// those that an exception covers.</param>
public sealed record BehaviourReport(ImmutableArray<BehaviourRow> Kinds, ImmutableArray<UnlikeRow> Unlike);

/// <summary>A kind of behaviour that a model knows.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Measured">The model's quality for it.</param>
/// <param name="Flows">Judged flows without a proved protocol that it took for the kind.</param>
public sealed record BehaviourRow(BehaviourKind Kind, KindQuality Measured, long Flows);

/// <summary>Flows of one finding of behaviour, added up.</summary>
/// <param name="Finding"><see cref="Findings.Finding.Id"/>.</param>
/// <param name="FromRole">Role of the originators.</param>
/// <param name="ToRole">Role of the responders.</param>
/// <param name="Rule">The rule that allows them.</param>
/// <param name="SizesOut">Packets with payload that the originators sent, by class of size
/// (<see cref="FlowBehaviour.SizeBounds"/>).</param>
/// <param name="SizesIn">The same for the responders.</param>
public sealed record UnlikeRow(string Finding, string FromRole, string ToRole, Rule Rule,
    ImmutableArray<long> SizesOut, ImmutableArray<long> SizesIn);
