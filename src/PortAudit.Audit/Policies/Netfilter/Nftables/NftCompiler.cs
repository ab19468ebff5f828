using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Turns rules of nft into rules of the model.</summary>
/// <param name="tables">Receives translations and exemptions from tracking.</param>
/// <param name="sets">The named sets.</param>
internal sealed class NftCompiler(RulesetDraft tables, NftSets sets)
{
    private readonly NftComparison _comparison = new(sets);

    /// <summary>The rules that one rule makes: several where a map decides.</summary>
    public IReadOnlyList<RuleDraft> Compile(ChainDraft chain, NftRule rule)
    {
        var draft = new RuleDraft(tables.Budget) { Line = rule.Line, Text = rule.Text, Comment = rule.Comment };
        foreach (var statement in rule.Statements)
        {
            switch (statement)
            {
                case NftMatch match:
                    And(draft, chain.Table, match);
                    break;
                case NftCounter counter:
                    draft.Hits = counter.Packets;
                    break;
                case NftCondition condition:
                    draft.Condition(condition.Kind, condition.Text, condition.Reason);
                    break;
                case NftEffect { IsExemption: true }:
                    tables.Untracked.Add(draft);
                    break;
                case NftTranslation translation:
                    Translate(draft, chain, translation);
                    return [draft];
                case NftVerdict verdict:
                    Decide(draft, verdict);
                    return [draft];
                case NftVerdictMap map:
                    return ByMap(draft, chain.Table, map);
            }
        }

        return [draft];
    }

    private void And(RuleDraft draft, TableDraft table, NftMatch match)
    {
        var result = _comparison.Match(table, match);
        if (result.Matches is { } matches)
        {
            draft.And(matches);
            return;
        }

        draft.And(NftFieldMatch.Implied(match.Fields));
        var (kind, why) = NftFields.Condition(match.Fields[0]);
        draft.Condition(kind, match.Text, result.Reason ?? why);
    }

    private static void Decide(RuleDraft draft, NftVerdict verdict)
    {
        if (verdict.Action is { } action)
            (draft.Action, draft.Target) = (action, verdict.Target);
        else
            draft.Unknown(verdict.Reason ?? "unknown verdict");
    }

    private void Translate(RuleDraft draft, ChainDraft chain, NftTranslation translation)
    {
        draft.Action = PolicyAction.Permit;
        if (!chain.IsNat && chain.Hook is not null)
            draft.Unknown("translates in a chain that is not of the type nat");
        var (line, real) = (tables.Text.Line(draft.Line), translation.Address is { } text
            ? AddressTranslation.Address(text) : null);
        tables.Translations.Add(translation.Kind is "dnat" or "redirect"
            ? AddressTranslation.Destination(line, draft.Text, AddressTranslation.Only(draft, isSource: false), real)
            : AddressTranslation.Source(line, draft.Text, AddressTranslation.Only(draft, isSource: true), real));
    }

    /// <summary>One rule for each verdict of a map. The element for all others comes behind them.</summary>
    private List<RuleDraft> ByMap(RuleDraft draft, TableDraft table, NftVerdictMap map)
    {
        draft.And(NftFieldMatch.Implied(map.Fields));
        if (_comparison.Resolve(table, map.Map, out var reason) is not NftMany elements)
            return [Unknown(draft, reason ?? "not a map of verdicts")];
        var rules = new List<RuleDraft>();
        foreach (var group in elements.Elements.Where(element => element.Key != NftElement.Others)
            .GroupBy(element => element.Verdict))
        {
            var rule = draft.Copy();
            ImmutableArray<NftElement> keys = [.. group.Select(element => new NftElement(element.Key))];
            And(rule, table, new NftMatch(map.Fields, "==", null, new NftMany(keys, IsFlags: false), map.Text));
            Decide(rule, group.Key ?? new NftVerdict(null, Reason: "an element without a verdict"));
            rules.Add(rule);
        }

        if (elements.Elements.FirstOrDefault(element => element.Key == NftElement.Others) is { } others)
            rules.Add(Others(draft.Copy(), table, map, elements, others.Verdict));
        return rules.Count > 0 ? rules : [draft];
    }

    private RuleDraft Others(RuleDraft rule, TableDraft table, NftVerdictMap map, NftMany elements, NftVerdict? verdict)
    {
        ImmutableArray<NftElement> keys =
            [.. elements.Elements.Where(element => element.Key != NftElement.Others)
                .Select(element => new NftElement(element.Key))];
        var decideAll = elements.Elements.All(element =>
            element.Verdict?.Action is PolicyAction.Permit or PolicyAction.Drop or PolicyAction.Reject);
        if (keys.Length > 0 && !decideAll)
            And(rule, table, new NftMatch(map.Fields, "!=", null, new NftMany(keys, IsFlags: false), map.Text));
        Decide(rule, verdict ?? new NftVerdict(null, Reason: "an element without a verdict"));
        return rule;
    }

    private static RuleDraft Unknown(RuleDraft rule, string reason)
    {
        rule.Unknown(reason);
        return rule;
    }
}
