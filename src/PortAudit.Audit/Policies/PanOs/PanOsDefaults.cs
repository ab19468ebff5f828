using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>Reads the two default rules and what overrides them (PAN-OS Administrator's Guide, "Override or Revert a
/// Security Policy Rule"): traffic within a zone passes, traffic between zones is dropped.</summary>
internal static class PanOsDefaults
{
    private const string Intrazone = "intrazone-default";
    private const string Interzone = "interzone-default";

    /// <summary>The default rules of a firewall, the last one matches everything.</summary>
    /// <param name="draft">The file.</param>
    /// <param name="scope">The firewall.</param>
    /// <param name="line">Line of its rulebase, for defaults that no line overrides.</param>
    public static IEnumerable<PolicyRule> Of(PolicyDraft draft, PanOsScope scope, int line)
    {
        foreach (var rulebase in scope.Defaults.Concat(scope.Rulebases))
            rulebase.Node.Find("default-security-rules")?.Mark(PanOsUse.Understood);
        return
        [
            .. Rule(draft, scope, line, Intrazone, PolicyAction.Permit)
                .Select(rule => rule with { Zones = ZoneRelation.Same }),
            .. Rule(draft, scope, line, Interzone, PolicyAction.Drop),
        ];
    }

    private static IEnumerable<PolicyRule> Rule(PolicyDraft draft, PanOsScope scope, int line, string name,
        PolicyAction usual)
    {
        var node = scope.Defaults
            .Select(rulebase => rulebase.Node.Find("default-security-rules", "rules", name))
            .FirstOrDefault(found => found?.Find("action") is not null);
        var action = node?.ValueOf("action");
        PolicyAction? known = action switch
        {
            null => usual,
            "allow" => PolicyAction.Permit,
            "deny" or "drop" => PolicyAction.Drop,
            "reset-client" or "reset-server" or "reset-both" => PolicyAction.Reject,
            _ => null,
        };
        var rule = new PolicyRule
        {
            Name = name,
            Line = draft.Line(node?.Line ?? Math.Max(line, 1)),
            Text = node is null ? name : ConfigurationText.Shown($"{name} action {action}"),
            Action = known ?? usual,
            IsImplicit = true,
        };
        if (known is not null)
            return [rule];
        draft.NotEvaluable(node!.Line, $"unknown action '{ConfigurationText.Shown(action!)}'");
        return UndecidedRule.Of(rule, "unknown action").Append(rule with { Name = $"{name} (or unknown)" });
    }
}
