using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Findings;

/// <summary>Counts what the site's rules for a whole transport between any hosts keep from being reported. Empty where
/// the site has no such rule.</summary>
internal sealed class SweepLedger(SiteFile site) : IArchived
{
    private readonly FrozenSet<string> _sweeping = site.Rules.Where(rule => rule.IsSweeping()).Select(rule => rule.Id)
        .ToFrozenSet(StringComparer.Ordinal);

    private readonly FlowFindings _unreported = new();

    /// <summary>What they keep from being reported, a sentence after the position in the file; empty if none.</summary>
    public ImmutableArray<string> Sentences
    {
        get
        {
            var causes = _unreported.Causes.ToList();
            if (causes.Count == 0)
                return [];
            var rules = site.Rules.Where(rule => _sweeping.Contains(rule.Id)).ToList();
            var position = site.RulePositions.GetValueOrDefault(rules[0].Id);
            var what = rules.Count == 1
                ? $"rule {Spelling.Quote(rules[0].Id)} allows"
                : $"rules {string.Join(", ", rules.Select(rule => Spelling.Quote(rule.Id)))} allow";
            var flows = causes.Sum(cause => cause.Value.Flows);
            return
            [
                new Diagnostic(DiagnosticSeverity.Warning, site.File, position.Line, position.Column,
                    $"{what} everything between any hosts: {Quantity.Of(flows, "flow")} that no other rule allows "
                        + $"{(flows == 1 ? "is" : "are")} not reported, which would be "
                        + $"{Quantity.Of(causes.Count, "finding")}",
                    "name the hosts, networks or segments that it applies to").ToString(),
            ];
        }
    }

    /// <summary>Adds a flow; does nothing when another rule allows it, too.</summary>
    public void Add(Judgement judgement)
    {
        if (_sweeping.Count == 0 || !judgement.Verdict.IsAllowed() || judgement.Rules.IsEmpty)
            return;
        JudgedRule best = default;
        foreach (var judged in judgement.Rules)
        {
            if (!_sweeping.Contains(judged.Rule.Rule.Id) && (best.Rule is null || judged.Fit < best.Fit))
                best = judged;
        }

        var verdict = best.Rule is null ? Verdict.Unexpected : best.Fit.ToVerdict();
        if (verdict.IsReported())
            _unreported.Add(judgement with { Verdict = verdict, Shown = best.Rule, LacksMutualTls = false });
    }

    public void UnionWith(SweepLedger other) => _unreported.UnionWith(other._unreported);

    public void Persist(StateArchive archive) => _unreported.Persist(archive);
}
