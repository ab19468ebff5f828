using PortAudit.Audit.State;

namespace PortAudit.Audit.PolicyReview;

/// <summary>How traffic contradicts the rules of a firewall.</summary>
internal enum ConflictKind
{
    /// <summary>It arrived, and the rules stop it.</summary>
    ArrivedThoughStopped,

    /// <summary>It was stopped, and the rules let it pass.</summary>
    StoppedThoughPermitted,
}

/// <summary>Connections that contradict one rule in one way, between two roles.</summary>
/// <param name="Kind">The way.</param>
/// <param name="Rule">Number of the rule in the policy.</param>
/// <param name="FromRole">Role of the originators.</param>
/// <param name="ToRole">Role of the responders.</param>
internal readonly record struct PolicyConflict(ConflictKind Kind, int Rule, string FromRole, string ToRole)
{
    /// <summary>An order of conflicts of one policy.</summary>
    public static Comparer<PolicyConflict> Order { get; } = Comparer<PolicyConflict>.Create((a, b) =>
    {
        var order = (a.Kind, a.Rule).CompareTo((b.Kind, b.Rule));
        order = order != 0 ? order : string.CompareOrdinal(a.FromRole, b.FromRole);
        return order != 0 ? order : string.CompareOrdinal(a.ToRole, b.ToRole);
    });

    /// <summary>A conflict, saved or loaded.</summary>
    public static PolicyConflict Persisted(StateArchive archive, PolicyConflict conflict) => new(
        archive.Word(conflict.Kind), archive.Count(conflict.Rule), archive.Text(conflict.FromRole ?? ""),
        archive.Text(conflict.ToRole ?? ""));
}
