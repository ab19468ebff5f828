using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>
/// Puts services and applications to a rule. Applications that the headers of a packet show (ICMP messages, IP
/// protocols) become services; the others a condition, since the device decides them by what follows. A rule with both
/// becomes two.
/// </summary>
internal sealed class PanOsRuleServices(PolicyDraft draft, PanOsServices services, PanOsApplications applications,
    ExpansionBudget budget)
{
    /// <summary>The rule with its services: one rule, or two.</summary>
    public IEnumerable<PolicyRule> Of(PolicyRule rule, PanOsNode node, ImmutableArray<PanOsNode> levels)
    {
        var match = applications.Find(node.Find("application")?.Words ?? [], levels);
        var hasNone = node.Find("application") is not { IsLeaf: false };
        if (hasNone)
            draft.NotEvaluable(node.Line, "the rule states no 'application'");
        var (stated, isDefault) = Stated(node, levels);
        if (match.IsAny)
        {
            if (!isDefault)
                return [rule with { Services = stated }];
            draft.NotEvaluable(node.Find("service")!.Line, "the default ports of all applications are not in the file");
            return [Narrow(rule with { Services = [ServiceMatch.Unknown] }, "any application on its default ports")];
        }

        if (isDefault && match.PortReason is { } reason)
            draft.NotEvaluable(node.Find("service")!.Line, reason);
        if (match.Recognised.Count > 0)
            draft.NotEvaluable(node.Find("application")!.Line,
                $"the device recognises '{ConfigurationText.Shown(match.Recognised[0])}' by more than ports");
        return [.. Parts(rule, match, stated, isDefault, hasNone)];
    }

    private static IEnumerable<PolicyRule> Parts(PolicyRule rule, PanOsApplicationMatch match,
        ImmutableArray<ServiceMatch> stated, bool isDefault, bool hasNone)
    {
        var takesHeaders = isDefault || stated.Any(service => service.IsAny);
        if (match.ByHeader.Count > 0 && takesHeaders)
            yield return rule with { Services = [.. match.ByHeader.Distinct()] };
        var others = match.Recognised.Count > 0 || hasNone;
        if (!others && (takesHeaders || match.ByHeader.Count == 0))
            yield break;
        var names = hasNone ? "not stated" : string.Join(' ', match.Recognised.Take(8));
        var part = Narrow(rule with { Services = isDefault ? [.. match.DefaultPorts] : stated }, names);
        if (part.Services.IsEmpty)
            part = part with { Services = [ServiceMatch.Unknown] };
        yield return match.ByHeader.Count > 0 && takesHeaders
            ? part with { Name = $"{part.Name} (by application)" }
            : part;
    }

    private static PolicyRule Narrow(PolicyRule rule, string applications) => rule with
    {
        Conditions = rule.Conditions.Add(
            new PolicyCondition(ConditionKind.Application, ConfigurationText.Shown(applications))),
    };

    private (ImmutableArray<ServiceMatch> Services, bool IsDefault) Stated(PanOsNode node,
        ImmutableArray<PanOsNode> levels)
    {
        if (node.Find("service") is not { IsLeaf: false } words)
        {
            draft.NotEvaluable(node.Line, "the rule states no 'service'");
            return ([ServiceMatch.Unknown], false);
        }

        if (words.Words.Contains("application-default"))
            return ([], true);
        var found = new HashSet<ServiceMatch>();
        foreach (var word in words.Children)
        {
            var service = services.Find(word.Name, levels.AsSpan());
            if (words.Children.Count > 1 && !budget.TryTake(service.Services.Length))
                service = PanOsService.Open("the objects of the file hold too many services");
            if (words.Children.Count == 1)
            {
                Note(word, service);
                return (service.Services, false);
            }

            found.UnionWith(service.Services);
            Note(word, service);
        }

        return ([.. found], false);
    }

    private void Note(PanOsNode word, PanOsService service)
    {
        if (service.Reason is { } reason)
            draft.NotEvaluable(word.Line, reason);
    }
}
