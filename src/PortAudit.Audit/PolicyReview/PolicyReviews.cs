using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Policies.Lint;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.PolicyReview;

/// <summary>Draws the conclusions about firewalls.</summary>
internal sealed class PolicyReviews
{
    private readonly SiteFile _site;
    private readonly HostDirectory _directory;
    private readonly ImmutableArray<DocumentRegion> _regions;
    private readonly ImmutableArray<DocumentRegion> _absent;
    private readonly WatchedDays _days;
    private readonly PartyAddresses _parties;

    /// <summary>Gathers what documents and site ask for, and when captures watched.</summary>
    private PolicyReviews(SiteFile site, RoleTree roles, HostDirectory directory, ImmutableArray<BoundRule> rules,
        WatchedDays days)
    {
        (_site, _directory) = (site, directory);
        _parties = new PartyAddresses(site, roles);
        _regions = DocumentRegion.Of(rules, _parties);
        _absent = DocumentRegion.WithoutHosts(rules, _parties);
        _days = days;
    }

    /// <summary>The reports and the findings about all firewalls.</summary>
    public static ImmutableArray<(PolicyReport Report, ImmutableArray<FindingDraft> Findings)> Of(PolicyLedger ledger,
        SiteFile site, RoleTree roles, HostDirectory directory, ImmutableArray<BoundRule> rules,
        ObservationSummary observation) => ledger.Tallies.IsEmpty
        ? []
        : [.. ledger.Tallies.Select(new PolicyReviews(site, roles, directory, rules,
            WatchedDays.Of(site, observation, ledger.Days)).Of)];

    private (PolicyReport Report, ImmutableArray<FindingDraft> Findings) Of(PolicyTally tally)
    {
        var probe = new RequirementProbe(tally.Device, _directory, _site);
        var need = new NeedComparison(_regions, _absent, new RuleReach(tally.Device.Path, _parties));
        var judge = new PolicyRuleJudge(need, _days);
        List<(RequirementRow Row, BoundRule Rule)> asked =
        [
            .. _regions.Select(region => (Row: probe.Of(region), region.Rule)).Where(entry => entry.Row is not null)
                .Select(entry => (entry.Row!, entry.Rule)),
        ];
        var covered = PolicyLint.Check(tally.Device.Policy).Findings
            .Where(finding => finding.Rule is not null && (finding.Kind == PolicyFindingKind.Shadowed
                || finding.Kind == PolicyFindingKind.Redundant || finding.Kind == PolicyFindingKind.Duplicate))
            .DistinctBy<PolicyFinding, PolicyRule>(finding => finding.Rule!, ReferenceEqualityComparer.Instance)
            .ToDictionary<PolicyFinding, PolicyRule, ImmutableArray<PolicyRule>>(finding => finding.Rule!,
                finding => finding.Others, ReferenceEqualityComparer.Instance);
        var stops = asked
            .Where(entry => entry.Row.Needed)
            .SelectMany(entry => entry.Row.Examples
                .Where(example => example.IsStopped)
                .Select(example => (example.Decider, entry.Row.Rule)))
            .ToLookup(entry => (object?)entry.Decider, entry => entry.Rule, ReferenceEqualityComparer.Instance);
        var report = new PolicyReport
        {
            Name = tally.Device.Name,
            Policy = tally.Device.Policy,
            Where = tally.Device.Path.Text,
            Days = _days,
            Connections = tally.Connections,
            Undecided = tally.Undecided,
            Undirected = tally.Undirected,
            HasMoreConflicts = tally.Conflicts.IsOverflown,
            Rules =
            [
                .. tally.Rules.Select((entry, number) => judge.Row(entry.List, entry.Rule, tally.UseOf(number),
                    covered.GetValueOrDefault(entry.Rule, []), [.. stops[entry.Rule].Distinct()])),
            ],
            Requirements = [.. asked.Select(entry => entry.Row)],
        };
        return (report, [.. PolicyFindings.Of(tally, asked)]);
    }
}
