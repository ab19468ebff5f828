using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;

namespace PortAudit.Learning.Examples;

/// <summary>A flow whose kind is known.</summary>
/// <param name="Id">Number of the flow, the same in every capture that holds it.</param>
/// <param name="Group">Site, tool or family of its capture.</param>
/// <param name="Kind">What it is; null for something else than the kinds to name.</param>
/// <param name="Protocol">Registry name of the protocol that was proved; empty when only the capture says what it
/// is.</param>
/// <param name="Port">Transport and port of the server, which no model sees.</param>
/// <param name="Values">Its numbers, as in <see cref="BehaviourFeatures.Names"/>.</param>
internal sealed record FlowExample(ulong Id, string Group, BehaviourKind? Kind, string Protocol, string Port,
    ImmutableArray<float> Values);
