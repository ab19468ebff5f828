using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;

namespace PortAudit.Reports.Baseline;

/// <summary>Compares a report with an earlier one, finding by finding and rule by rule.</summary>
public static class BaselineComparer
{
    /// <summary>The changes, each put down to behaviour, visibility or configuration.</summary>
    public static BaselineComparison Compare(EarlierReport earlier, AuditRun run)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(run);
        var (before, now) = (earlier.Sight, ReportSight.Of(run));
        return new BaselineComparison
        {
            File = earlier.Path,
            Sha256 = earlier.Sha256,
            WindowStart = earlier.WindowStart,
            WindowEnd = earlier.WindowEnd,
            Caveats = [.. Caveats(earlier, run)],
            Findings = Findings(before, now),
            Rules = [.. Rules(before, now)],
            KnownServices = earlier.SegmentServices,
        };
    }

    private static IEnumerable<string> Caveats(EarlierReport earlier, AuditRun run)
    {
        var report = run.Report;
        if (earlier.Site != report.Site)
            yield return $"The earlier report is about another site, {earlier.Site}.";
        else if (earlier.SiteSha256 != report.SiteSha256)
            yield return "The site file has changed since the earlier report.";
        var catalogs = report.Catalogs.DistinctBy(catalog => catalog.Id)
            .ToDictionary(catalog => catalog.Id, catalog => catalog.Sha256, StringComparer.Ordinal);
        foreach (var id in earlier.Catalogs.Keys.Union(catalogs.Keys).Order(StringComparer.Ordinal))
        {
            if (earlier.Catalogs.GetValueOrDefault(id) == catalogs.GetValueOrDefault(id))
                continue;
            var onOneSide = !catalogs.ContainsKey(id) ? ", and is not used any more"
                : !earlier.Catalogs.ContainsKey(id) ? ", which did not use it" : "";
            yield return $"The catalog {id} is not the one of the earlier report{onOneSide}.";
        }

        if (earlier.Version != run.ToolVersion)
            yield return $"The earlier report was made by version {earlier.Version} of the program.";
        if (earlier.Sight.IsPartial)
            yield return "The earlier report is partial: some of its input was not read.";
    }

    private static ImmutableArray<BaselineFinding> Findings(ReportSight before, ReportSight now)
    {
        var known = before.Findings.ToDictionary(finding => finding.Id, StringComparer.Ordinal);
        var kept = now.Findings.Select(finding => finding.Id).ToHashSet(StringComparer.Ordinal);
        var (appeared, vanished) =
            (new ChangeReason(now, before, isGone: false), new ChangeReason(before, now, isGone: true));
        return
        [
            .. now.Findings.Select(finding => known.TryGetValue(finding.Id, out var earlier)
                ? Stayed(finding, earlier)
                : Appeared(finding, appeared)),
            .. before.Findings.Where(finding => !kept.Contains(finding.Id))
                .Select(finding => Vanished(finding, vanished)),
        ];
    }

    private static BaselineFinding Stayed(SeenFinding now, SeenFinding before) => now.Severity == before.Severity
        ? new(now.Id, now.Kind, FindingChange.Unchanged, null, now.Severity, before.Severity, now.FromRole, now.ToRole,
            now.Rule, "It is in both reports, as grave as before.")
        : new(now.Id, now.Kind, FindingChange.Changed, ChangeBasis.Behaviour, now.Severity, before.Severity,
            now.FromRole, now.ToRole, now.Rule,
            $"Its severity was {before.Severity.ToText()} and is {now.Severity.ToText()}.");

    private static BaselineFinding Appeared(SeenFinding finding, ChangeReason reason)
    {
        var (basis, sentence) = reason.Of(finding);
        return new(finding.Id, finding.Kind, FindingChange.New, basis, finding.Severity, null, finding.FromRole,
            finding.ToRole, finding.Rule, sentence);
    }

    private static BaselineFinding Vanished(SeenFinding finding, ChangeReason reason)
    {
        var (basis, sentence) = reason.Of(finding);
        return new(finding.Id, finding.Kind, FindingChange.Gone, basis, null, finding.Severity, finding.FromRole,
            finding.ToRole, finding.Rule, sentence);
    }

    private static IEnumerable<BaselineRule> Rules(ReportSight before, ReportSight now) =>
        from key in now.Rules.Keys.Concat(before.Rules.Keys.Where(key => !now.Rules.ContainsKey(key)))
        let earlier = before.Rules.GetValueOrDefault(key)
        let current = now.Rules.GetValueOrDefault(key)
        where Applied(earlier) != Applied(current)
        select new BaselineRule(key.Id, key.From, key.To, earlier?.Status, current?.Status,
            BasisOf(earlier, current, before, now), $"Before: {earlier?.Reason ?? "the rule was not there."} Now: "
                + $"{current?.Reason ?? "the rule is not there."}");

    /// <summary>A rule that does not apply counts as missing.</summary>
    private static RuleStatus Applied(SeenRule? rule) => rule?.Status ?? RuleStatus.NotApplicable;

    private static ChangeBasis BasisOf(SeenRule? earlier, SeenRule? current, ReportSight before, ReportSight now)
    {
        if (earlier is null or { Status: RuleStatus.NotApplicable }
            || current is null or { Status: RuleStatus.NotApplicable })
            return ChangeBasis.Configuration;

        // Exercised statuses differ only in proof; "not tried" is only as reliable as the visibility of its report.
        var isSight = earlier.IsUnseen || current.IsUnseen
            || (earlier.IsExercised && current.IsExercised)
            || (!earlier.IsTried && before.WhyBlinder(now) is not null)
            || (!current.IsTried && now.WhyBlinder(before) is not null);
        return isSight ? ChangeBasis.Visibility : ChangeBasis.Behaviour;
    }
}
