using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;

namespace PortAudit.Learning.Examples;

/// <summary>A flow whose kind its bytes proved.</summary>
/// <param name="Id">Number of the flow, the same in every capture that holds it.</param>
/// <param name="Group">Site or family of its capture.</param>
/// <param name="IsHeldOut">True when the group is measured on and never trained on, whatever the seed.</param>
/// <param name="Kind">What it is; null for something else than the kinds to name.</param>
/// <param name="Protocol">Registry name of the protocol that was proved.</param>
/// <param name="Port">Transport and port of the server, for the comparison with naming by port.</param>
/// <param name="Values">Its numbers, as in <see cref="BehaviourFeatures.Names"/>.</param>
internal sealed record FlowExample(ulong Id, string Group, bool IsHeldOut, BehaviourKind? Kind, string Protocol,
    string Port, ImmutableArray<float> Values);
