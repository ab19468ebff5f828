using System.Collections.Immutable;

namespace PortAudit.Audit.Policies.Model;

/// <summary>What a policy does with a packet.</summary>
public enum PolicyOutcome
{
    /// <summary>It lets it pass.</summary>
    Permitted,

    /// <summary>It discards it silently.</summary>
    Dropped,

    /// <summary>It discards it with an answer.</summary>
    Rejected,

    /// <summary>It depends on something that is not known.</summary>
    Undecided,
}

/// <summary>What a policy does with a packet, and by which rules.</summary>
/// <param name="Outcome">What happens.</param>
/// <param name="Rules">The rules that decide, implicit ones included; of an undecided packet, those that may decide, in
/// their order.</param>
public sealed record PolicyAnswer(PolicyOutcome Outcome, ImmutableArray<PolicyRule> Rules);
