using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>Makes the rules that no line states.</summary>
internal static class ImplicitRule
{
    /// <summary>A default that matches everything.</summary>
    /// <param name="draft">The file.</param>
    /// <param name="line">The line that it follows from.</param>
    /// <param name="name">Its name.</param>
    /// <param name="text">What it does, in words.</param>
    /// <param name="action">What it does.</param>
    public static PolicyRule Of(PolicyDraft draft, int line, string name, string text, PolicyAction action) => new()
    {
        Name = name,
        Line = draft.Line(line),
        Text = text,
        Action = action,
        IsImplicit = true,
    };

    /// <summary>A default that may apply or not: the file does not say.</summary>
    public static PolicyRule Maybe(PolicyDraft draft, int line, string name, string text, PolicyAction action,
        ConditionKind kind) =>
        Of(draft, line, name, text, action) with { Conditions = [new PolicyCondition(kind, text)] };

    /// <summary>A jump to another list, or the continuation with it.</summary>
    public static PolicyRule To(PolicyDraft draft, int line, string name, string target, bool comesBack) =>
        Of(draft, line, name, $"then {target}", comesBack ? PolicyAction.Jump : PolicyAction.Goto) with
        {
            Target = target,
        };
}
