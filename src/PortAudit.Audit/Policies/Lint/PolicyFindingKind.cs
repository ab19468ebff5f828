using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Lint;

/// <summary>What the lint of configurations reports.</summary>
/// <param name="Name">Its name in output.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Meaning">What it means, in a sentence.</param>
public sealed record PolicyFindingKind(string Name, Severity Severity, string Meaning)
{
    /// <summary>A rule that never matches, and of which earlier rules do the opposite.</summary>
    public static PolicyFindingKind Shadowed { get; } = new("shadowed-rule", Severity.Medium,
        "Rules before it match all of its packets and do something else: it has no effect.");

    /// <summary>A rule that permits everything.</summary>
    public static PolicyFindingKind PermitsEverything { get; } = new("permits-everything", Severity.Medium,
        "It permits every address every service.");

    /// <summary>A list that permits what no rule speaks of.</summary>
    public static PolicyFindingKind PermitsByDefault { get; } = new("permits-by-default", Severity.Low,
        "What no rule of the list matches is permitted.");

    /// <summary>A rule that never matches, and of which earlier rules do the same.</summary>
    public static PolicyFindingKind Redundant { get; } = new("redundant-rule", Severity.Low,
        "Other rules match all of its packets and do the same: it can go.");

    /// <summary>A rule that is written twice.</summary>
    public static PolicyFindingKind Duplicate { get; } = new("duplicate-rule", Severity.Low,
        "An earlier rule of the list says exactly the same.");

    /// <summary>A rule that is switched off.</summary>
    public static PolicyFindingKind Disabled { get; } = new("disabled-rule", Severity.Low,
        "It is switched off.");

    /// <summary>A list that has no effect.</summary>
    public static PolicyFindingKind Unapplied { get; } = new("unapplied-list", Severity.Low,
        "Nothing applies or jumps to the list: it has no effect.");

    /// <summary>A name that the file does not define.</summary>
    public static PolicyFindingKind Unresolved { get; } = new("unresolved-reference", Severity.Low,
        "It names something that the file does not define.");

    /// <summary>All kinds, gravest first.</summary>
    public static ImmutableArray<PolicyFindingKind> All { get; } =
    [
        Shadowed, PermitsEverything, PermitsByDefault, Redundant, Duplicate, Disabled, Unapplied, Unresolved,
    ];
}

/// <summary>A finding about a rule or list of a configuration.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="List">Name of the list.</param>
/// <param name="Rule">The rule; null for a finding about the list.</param>
/// <param name="Explanation">What is wrong with this one, a sentence.</param>
/// <param name="Others">The rules that make it so: those that cover it, or the one it repeats.</param>
public sealed record PolicyFinding(PolicyFindingKind Kind, PolicyLine Line, string List, PolicyRule? Rule,
    string Explanation, ImmutableArray<PolicyRule> Others);

/// <summary>What the lint found in a policy.</summary>
/// <param name="Findings">The findings in the order of the lists and rules.</param>
/// <param name="NotAnalysed">Rules of which it is not known whether others cover them: they overlap with too many, and
/// none is claimed.</param>
public sealed record PolicyLintResult(ImmutableArray<PolicyFinding> Findings, int NotAnalysed);
