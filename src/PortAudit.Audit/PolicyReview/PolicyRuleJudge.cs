using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.PolicyReview;

/// <summary>Puts document, configuration and traffic of each rule side by side.</summary>
/// <param name="need">What documents and site ask for.</param>
/// <param name="sights">Which capture points could have shown its connections.</param>
internal sealed class PolicyRuleJudge(NeedComparison need, RuleSights sights)
{
    /// <summary>Ports that a sentence lists at most, as ranges.</summary>
    private const int MaxPortRanges = 10;

    private const string OfOthers = "It concerns connections that another rule let through.";

    /// <summary>The row of one rule.</summary>
    /// <param name="list">The list that holds it.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="use">What traffic used of it; null when nothing did.</param>
    /// <param name="covers">Earlier rules that leave it nothing.</param>
    /// <param name="stops">Rules of documents and site whose traffic is needed and that it stops.</param>
    public PolicyRuleRow Row(PolicyList list, PolicyRule rule, RuleUse? use, ImmutableArray<PolicyRule> covers,
        ImmutableArray<Rule> stops)
    {
        var sight = sights.Of(list, rule);
        var (word, useReason) = UseOf(list, rule, use, sight);
        var (asked, needReason, documents) = need.Of(list, rule);
        if (asked == PolicyNeed.Documented && use is { Uncovered: > 0 })
            (asked, needReason) = (PolicyNeed.Wider,
                "It allows combinations of hosts and ports that the documents do not ask for.");
        if (word == PolicyUse.Unused && documents.FirstOrDefault(document =>
            document.Period.IsLongerThan(sight.WatchedNs)) is { } seldom)
            (word, useReason) = (PolicyUse.NotSeen,
                $"No connection needed it. {seldom.Period.WhyTooShort(new WatchTime(sight.WatchedNs, 0))}");
        var (advice, why) = covers.IsEmpty
            ? Advise(rule, word, asked, use, stops)
            : rule.Hits is > 0 and var hits
            ? (PolicyAdvice.Review, "Earlier rules leave it nothing to decide, yet the firewall counted "
                + $"{Quantity.Of(hits, "hit")}: find out whether it came before them.")
            : (PolicyAdvice.Close, "Earlier rules leave it nothing to decide.");
        var ports = use is null ? [] : PortRange.Union(use.Ports.Kept);
        return new PolicyRuleRow
        {
            List = list.Name,
            Rule = rule,
            Use = word,
            UseReason = useReason,
            Need = asked,
            NeedReason = needReason,
            Documents = documents,
            Connections = use?.Connections ?? 0,
            Bytes = use?.Bytes ?? 0,
            Originators = use?.Originators.Kept.Count ?? 0,
            Responders = use?.Responders.Kept.Count ?? 0,
            Ports = string.Join(',', ports),
            FirstNs = use?.FirstNs,
            LastNs = use?.LastNs,
            CapturePoints = sight.Points,
            CoveredBy = covers,
            Advice = advice,
            AdviceReason = why,
        };
    }

    private static (PolicyUse Use, string Reason) UseOf(PolicyList list, PolicyRule rule, RuleUse? use, RuleSight sight)
    {
        if (!rule.IsEnabled)
            return (PolicyUse.Inactive, "It is switched off.");
        if (!rule.States.HasFlag(ConnectionStates.New))
            return (PolicyUse.PossiblyUsed, "Only first packets of connections are compared.");
        if (use is { Connections: > 0 })
        {
            var part = UsedPart(rule, use);
            return (part is null ? PolicyUse.Used : PolicyUse.PartUsed,
                string.Join(' ', new[] { part, Inferred(rule, use) }.OfType<string>()));
        }

        if (use is { Possible: > 0 })
            return (PolicyUse.PossiblyUsed, $"{Quantity.Of(use.Possible, "connection")} may have needed it: "
                + $"{WhyOpen(rule)}.");
        if (list.Bindings.IsEmpty && !rule.IsDecision)
            return (PolicyUse.Inactive, "Nothing applies its list.");
        if (rule.Hits is > 0 and var hits)
            return (PolicyUse.PossiblyUsed, "No connection in the captures needed it, but the firewall counted "
                + $"{Quantity.Of(hits, "hit")}.");
        if (sight.WhyNot is { } unseen)
            return (PolicyUse.NotSeen, $"No connection needed it, as far as the captures show. {unseen}");
        return WatchedDays.IsEnough(sight.WatchedNs)
            ? (PolicyUse.Unused, "No connection needed it.")
            : (PolicyUse.NotSeen, $"No connection needed it, but the captures watched for only "
                + $"{Duration.InSentence(sight.WatchedNs)}: below {WatchedDays.LeastDays} days no rule is "
                + "called unused.");
    }

    /// <summary>What the rule depends on and packets do not show, where passing connections prove it; null where
    /// nothing of the rule itself is open.</summary>
    private static string? Inferred(PolicyRule rule, RuleUse use) => use.Inferred == 0
        || (rule.Conditions.IsEmpty && !rule.Source.IsOpen && !rule.Destination.IsOpen
            && !rule.Services.Any(service => service.IsOpen))
        ? null
        : $"{Quantity.Of(use.Inferred, "connection")} passed that only this rule can have permitted: {WhyOpen(rule)}, "
            + "which packets do not show.";

    private static string WhyOpen(PolicyRule rule) => Depends(rule.Conditions) switch
    {
        { } condition => $"it depends on {condition.Text}",
        null when rule.Source.IsOpen || rule.Destination.IsOpen => "not all of its addresses are known",
        null when rule.Services.Any(service => service.IsOpen) => "not all of its services are known",
        null => "an earlier rule or the zones of the connections are not known for sure",
    };

    /// <summary>The condition that leaves a rule open, one that no packet answers before those that some do.</summary>
    private static PolicyCondition? Depends(ImmutableArray<PolicyCondition> conditions) => conditions
        .OrderBy(condition => condition.Kind is ConditionKind.RpcPort or ConditionKind.Profile).FirstOrDefault();

    /// <summary>Which part of what the rule allows was used, in sentences; null when all, or when it cannot be
    /// counted.</summary>
    private static string? UsedPart(PolicyRule rule, RuleUse use)
    {
        if (rule.Action != PolicyAction.Permit)
            return null;
        var parts = new List<string>();
        if (UnusedRanges(rule.Source.Set, use.Originators.Kept, use.Originators.IsOverflown) is { } from)
            parts.Add($"{from} took part as originators.");
        if (UnusedRanges(rule.Destination.Set, use.Responders.Kept, use.Responders.IsOverflown) is { } to)
            parts.Add($"{to} took part as responders.");
        if (UsedPorts(rule, use) is { } ports)
            parts.Add(ports);
        return parts.Count == 0 ? null : string.Join(' ', parts);
    }

    private static string? UnusedRanges(IntervalSet<UInt128> allowed, IReadOnlyCollection<IpAddress> seen,
        bool isOverflown)
    {
        if (isOverflown || allowed.IsAll || allowed.Ranges.Length < 2)
            return null;
        var used = allowed.Ranges.Count(range =>
            seen.Any(address => range.Contains(AddressSet.Number(address))));
        return used == allowed.Ranges.Length
            ? null
            : $"Of {Quantity.Of(allowed.Ranges.Length, "address range")} allowed {used}";
    }

    private static string? UsedPorts(PolicyRule rule, RuleUse use)
    {
        var allowed = IntervalSet.Of(rule.Services.SelectMany(service => service.DestinationPorts.Ranges));
        var used = PortRange.Union(use.Ports.Kept);
        if (use.Ports.IsOverflown || used.IsEmpty
            || allowed.IsSubsetOf(IntervalSet.Of(used.Select(range => new Interval<ushort>(range.First, range.Last)))))
            return null;
        var shown = string.Join(", ", used.Take(MaxPortRanges))
            + (used.Length > MaxPortRanges ? $" and {used.Length - MaxPortRanges} more" : "");
        return $"It allows {ServiceText.Ports(allowed)}; connections used {shown}.";
    }

    private static (PolicyAdvice Advice, string Reason) Advise(PolicyRule rule, PolicyUse use, PolicyNeed asked,
        RuleUse? seen, ImmutableArray<Rule> stops)
    {
        if (rule.Action != PolicyAction.Permit)
            return stops.IsEmpty || rule.IsImplicit
                ? (PolicyAdvice.Keep, "It allows nothing.")
                : (PolicyAdvice.Review,
                    $"It stops what the documents ask for ({Names(stops)}): let that pass before it.");
        if (!rule.States.HasFlag(ConnectionStates.New))
            return (PolicyAdvice.Keep, OfOthers);
        if (rule.IsImplicit)
            return use is PolicyUse.Used or PolicyUse.PartUsed
                ? (PolicyAdvice.Review, "It is a default: what it lets through needs rules of its own before the "
                    + "default can change.")
                : (PolicyAdvice.Keep, "It is a default.");
        return (use, asked) switch
        {
            (PolicyUse.Inactive, _) => (PolicyAdvice.Close, "It has no effect."),
            (PolicyUse.Used or PolicyUse.PartUsed, PolicyNeed.Documented) => Documented(seen!),
            (_, PolicyNeed.Documented) => (PolicyAdvice.Keep, "The documents ask for it."),
            (PolicyUse.Used or PolicyUse.PartUsed, PolicyNeed.Wider) =>
                (PolicyAdvice.Tighten, $"It allows more than the documents ask for.{WhatTighteningStops(seen)}"),
            (PolicyUse.Unused, PolicyNeed.Wider) =>
                (PolicyAdvice.Tighten, "It allows more than the documents ask for, and no connection needed it."),
            (_, PolicyNeed.Wider) => (PolicyAdvice.Tighten,
                "It allows more than the documents ask for; whether anything needs the rest, the captures do not say."),
            (_, PolicyNeed.NotCompared) => (PolicyAdvice.Keep, "It allows only what IP itself needs."),
            (PolicyUse.Used or PolicyUse.PartUsed, _) => (PolicyAdvice.Review,
                $"{Quantity.Of(seen!.Connections, "connection")} needed it, and no document asks for it: find out what "
                    + $"{Quantity.Word(seen.Connections, "it is", "they are")} for, then document or close it."),
            (PolicyUse.PossiblyUsed or PolicyUse.NotSeen, _) => (PolicyAdvice.Review,
                "No document asks for it, and the captures cannot say that it is unused."),
            (PolicyUse.Unused, _) => (PolicyAdvice.Close, "No document asks for it, and no connection needed it."),
        };
    }

    private static (PolicyAdvice Advice, string Reason) Documented(RuleUse seen) => seen.Faulty == 0
        ? (PolicyAdvice.Keep, "It is documented and in use.")
        : (seen.Faulty == seen.Connections ? PolicyAdvice.Review : PolicyAdvice.Keep,
            $"It is documented, but {Quantity.Count(seen.Faulty)} of {Quantity.Of(seen.Connections, "connection")} "
                + $"{Quantity.Word(seen.Faulty, "is", "are")} not what the documents ask for: see the findings.");

    private static string WhatTighteningStops(RuleUse? seen) => seen is { Uncovered: > 0 }
        ? $" {Quantity.Count(seen.Uncovered)} of {Quantity.Of(seen.Connections, "connection")} would be stopped: find "
            + $"out first what {Quantity.Word(seen.Uncovered, "it is", "they are")} for."
        : "";

    private static string Names(ImmutableArray<Rule> rules) =>
        string.Join(", ", rules.Take(NeedComparison.MaxDocuments).Select(rule => rule.Id));
}
