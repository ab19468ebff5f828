using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
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
    private readonly Observability _observability;
    private readonly WatchedDays _days;
    private readonly PartyAddresses _parties;

    /// <summary>Gathers what documents and site ask for, and when captures watched.</summary>
    private PolicyReviews(SiteFile site, RoleTree roles, HostDirectory directory, ImmutableArray<BoundRule> rules,
        Observability observability, WatchedDays days)
    {
        (_site, _directory, _observability) = (site, directory, observability);
        _parties = new PartyAddresses(site, roles);
        _regions = DocumentRegion.Of(rules, _parties);
        _absent = DocumentRegion.WithoutHosts(rules, _parties);
        _days = days;
    }

    /// <summary>The reports and the findings about all firewalls.</summary>
    public static ImmutableArray<(PolicyReport Report, ImmutableArray<FindingDraft> Findings)> Of(PolicyLedger ledger,
        SiteFile site, RoleTree roles, HostDirectory directory, ImmutableArray<BoundRule> rules,
        ObservationSummary observation, Observability observability, IEnumerable<RuleTally> seen)
    {
        if (ledger.Tallies.IsEmpty)
            return [];
        var days = WatchedDays.Of(site, observation, ledger.Days);
        var reviews = new PolicyReviews(site, roles, directory, rules, observability, days);
        var blocked = seen.Where(tally => tally.IsBlocked).Select(tally => tally.Rule.Rule.Id).ToHashSet();
        return [.. ledger.Tallies.Select(tally => reviews.Of(tally, blocked))];
    }

    /// <summary>By the rule of a document or the site: what the configurations stop of it, a sentence each.</summary>
    public static ILookup<string, string> Stops(IEnumerable<PolicyReport> firewalls) => firewalls
        .SelectMany(firewall => firewall.Requirements.Where(PolicyFindings.IsClosed), (firewall, row) => (row.Rule.Id,
            Sentence: $"The configuration of {firewall.Name} {PolicyFindings.SentenceOf(row)}."))
        .ToLookup(entry => entry.Id, entry => entry.Sentence, StringComparer.Ordinal);

    private (PolicyReport Report, ImmutableArray<FindingDraft> Findings) Of(PolicyTally tally,
        IReadOnlySet<string> blocked)
    {
        var probe = new RequirementProbe(tally.Device, _directory, _site);
        var reach = new RuleReach(tally.Device.Path, _parties);
        var need = new NeedComparison(_regions, _absent, reach);
        var sights = new RuleSights(_site, tally.Device.Path, reach, _observability, _days);
        var judge = new PolicyRuleJudge(need, sights);
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
        return (report, [.. PolicyFindings.Of(tally, asked, blocked)]);
    }
}
