using System.Collections.Immutable;
using System.Text;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>Reads security rules (PAN-OS Administrator's Guide, "Security Policy").</summary>
/// <param name="draft">The file.</param>
/// <param name="addresses">Its address objects.</param>
/// <param name="services">Its service objects.</param>
/// <param name="applications">Its applications.</param>
/// <param name="budget">What expanded rules may hold.</param>
internal sealed class PanOsRules(PolicyDraft draft, PanOsAddresses addresses, PanOsServices services,
    PanOsApplications applications, ExpansionBudget budget)
{
    /// <summary>Parts that do not change what passes: logs, names, and profiles that look for threats in what
    /// passes.</summary>
    private static readonly ImmutableHashSet<string> Ignored =
    [
        "log-start", "log-end", "log-setting", "description", "tag", "group-tag", "uuid", "profile-setting", "option",
        "qos", "disable-server-response-inspection", "from", "to", "source", "destination", "service", "application",
        "action", "disabled", "negate-source", "negate-destination", "rule-type", "icmp-unreachable",
        "disable-inspect", "loc",
    ];

    /// <summary>Parts that narrow a rule by what a capture does not show.</summary>
    private static readonly ImmutableDictionary<string, ConditionKind> Narrowing =
        ImmutableDictionary.CreateRange<string, ConditionKind>(
        [
            new("source-user", ConditionKind.User),
            new("schedule", ConditionKind.Schedule),
            new("hip-profiles", ConditionKind.Other),
            new("source-hip", ConditionKind.Other),
            new("destination-hip", ConditionKind.Other),
            new("category", ConditionKind.Other),
            new("saas-user-list", ConditionKind.Other),
            new("saas-tenant-list", ConditionKind.Other),
            new("source-imsi", ConditionKind.Other),
            new("source-imei", ConditionKind.Other),
            new("source-nw-slice", ConditionKind.Other),
        ]);

    /// <summary>Characters of a rule that are gathered for its text.</summary>
    private const int MaxText = 400;

    /// <summary>Parts that a rule's text shows.</summary>
    private static readonly ImmutableArray<string> Shown =
    [
        "rule-type", "from", "to", "source", "negate-source", "source-user", "destination", "negate-destination",
        "service", "application", "category", "schedule", "action", "disabled",
    ];

    /// <summary>Reads the rules of a rulebase.</summary>
    /// <param name="rulebase">The rulebase.</param>
    /// <param name="zonePrefix">What stands before names of zones; empty for one firewall.</param>
    public IEnumerable<PolicyRule> Read(PanOsRulebase rulebase, string zonePrefix)
    {
        if (rulebase.Node.Find("security") is not { } security)
            return [];
        security.Mark(PanOsUse.Understood);
        return security.Find("rules")?.Children.SelectMany(node => Read(node, rulebase, zonePrefix)) ?? [];
    }

    private IEnumerable<PolicyRule> Read(PanOsNode node, PanOsRulebase rulebase, string zonePrefix)
    {
        var rule = new PolicyRule
        {
            Name = ConfigurationText.Shown(node.Name),
            Line = draft.Line(node.Line),
            Text = Text(node),
            Action = PolicyAction.Drop,
            From = Zones(node, "from", zonePrefix),
            To = Zones(node, "to", zonePrefix),
            Zones = Relation(node),
            Source = Addresses(node, "source", rulebase.Levels),
            Destination = Addresses(node, "destination", rulebase.Levels),
            Conditions = Conditions(node),
            IsEnabled = node.ValueOf("disabled") != "yes",
            Comment = node.ValueOf("description") is { } text ? ConfigurationText.Shown(text) : null,
        };
        if (rule.Zones == ZoneRelation.Same)
            rule = rule with { To = ZoneMatch.Any };
        var parts = new PanOsRuleServices(draft, services, applications, budget).Of(rule, node, rulebase.Levels);
        return Action(node) is { } action
            ? parts.Select(part => part with { Action = action })
            : parts.SelectMany(part => UndecidedRule.Of(part, "the rule states no action"));
    }

    private PolicyAction? Action(PanOsNode node)
    {
        var action = node.ValueOf("action");
        PolicyAction? known = action switch
        {
            "allow" => PolicyAction.Permit,
            "drop" or "deny" => node.ValueOf("icmp-unreachable") == "yes" ? PolicyAction.Reject : PolicyAction.Drop,
            "reset-client" or "reset-server" or "reset-both" => PolicyAction.Reject,
            _ => null,
        };
        if (known is null)
            draft.NotEvaluable(node.Find("action")?.Line ?? node.Line,
                action is null ? "the rule states no action" : $"unknown action '{ConfigurationText.Shown(action)}'");
        return known;
    }

    private ZoneMatch Zones(PanOsNode node, string side, string prefix)
    {
        var zones = node.Find(side)?.Words.ToImmutableArray() ?? [];
        if (zones.IsEmpty)
            draft.NotEvaluable(node.Line, $"the rule states no '{side}'");
        return zones.Contains("any") ? ZoneMatch.Any : new ZoneMatch([.. zones.Select(zone => prefix + zone)]);
    }

    private ZoneRelation Relation(PanOsNode node)
    {
        switch (node.ValueOf("rule-type"))
        {
            case null or "universal":
                return ZoneRelation.Any;
            case "intrazone":
                return ZoneRelation.Same;
            case "interzone":
                return ZoneRelation.Different;
            case var other:
                draft.NotEvaluable(node.Find("rule-type")!.Line,
                    $"unknown rule type '{ConfigurationText.Shown(other)}'");
                return ZoneRelation.Any;
        }
    }

    private AddressMatch Addresses(PanOsNode node, string side, ImmutableArray<PanOsNode> levels)
    {
        var union = new AddressUnion(budget);
        if (node.Find(side) is not { IsLeaf: false } words)
        {
            draft.NotEvaluable(node.Line, $"the rule states no '{side}'");
            return PanOsAddress.Open("").Match;
        }

        foreach (var word in words.Children)
        {
            var address = addresses.Find(word.Name, levels.AsSpan());
            union.Add(address.Match);
            if (address.Reason is { } reason)
                draft.NotEvaluable(word.Line, reason);
        }

        var match = union.Build();
        return node.ValueOf($"negate-{side}") == "yes" ? match.Complement() : match;
    }

    private ImmutableArray<PolicyCondition> Conditions(PanOsNode node)
    {
        var conditions = ImmutableArray.CreateBuilder<PolicyCondition>();
        foreach (var part in node.Children)
        {
            if (Ignored.Contains(part.Name) || (!part.IsLeaf && part.Words.All(word => word is "any"))
                || (part.Name == "target" && part.Find("devices") is null && part.Find("tags") is null))
                continue;
            var text = ConfigurationText.Shown($"{part.Name} {string.Join(' ', part.Words)}");
            var isKnown = Narrowing.TryGetValue(part.Name, out var kind);
            conditions.Add(new PolicyCondition(isKnown ? kind : ConditionKind.Other, text));
            draft.NotEvaluable(part.Line, isKnown
                ? $"'{part.Name}' asks for what a capture does not show"
                : $"'{ConfigurationText.Shown(part.Name)}' is not evaluated");
        }

        return conditions.ToImmutable();
    }

    /// <summary>A rule in a line, as its command would set it; in the same order whatever the format.</summary>
    private static string Text(PanOsNode node)
    {
        var text = new StringBuilder(node.Name);
        foreach (var part in Shown.Select(node.Find).OfType<PanOsNode>())
        {
            text.Append(' ').Append(part.Name);
            foreach (var word in part.Words.TakeWhile(_ => text.Length <= MaxText))
                text.Append(' ').Append(word);
        }

        return ConfigurationText.Shown(text.ToString());
    }

}
