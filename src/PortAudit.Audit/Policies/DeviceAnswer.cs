using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies;

/// <summary>What one list of a device does with a packet.</summary>
/// <param name="List">The list.</param>
/// <param name="IsSure">False when the device may not put the packet to it: the zones are not known.</param>
/// <param name="Answer">What it does.</param>
public sealed record ListAnswer(PolicyList List, bool IsSure, PolicyAnswer Answer);

/// <summary>What a device does with a packet.</summary>
/// <param name="Outcome">What happens.</param>
/// <param name="Probe">The packet, with the zones that were worked out and the address by which rules know its
/// destination.</param>
/// <param name="Lists">What each list says that is applied to it, or may be.</param>
/// <param name="Reason">Why, where no rule says it; null otherwise.</param>
public sealed record DeviceAnswer(PolicyOutcome Outcome, PolicyProbe Probe, ImmutableArray<ListAnswer> Lists,
    string? Reason)
{
    /// <summary>The rules that decide, or of an undecided packet those that may, in the order of the lists.</summary>
    public ImmutableArray<PolicyRule> Rules =>
    [
        .. Lists.Where(list => list.Answer.Outcome == Outcome || Outcome == PolicyOutcome.Undecided)
            .SelectMany(list => list.Answer.Rules)
            .Distinct<PolicyRule>(ReferenceEqualityComparer.Instance),
    ];
}
