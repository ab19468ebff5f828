using System.Collections.Immutable;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Junit;

/// <summary>
/// A suite for each catalog, with a test for each rule and pair of roles. A rule passes when traffic exercised it and
/// fails when a finding about its need fails the run; an undecidable or unneeded rule is skipped with the reason.
/// </summary>
internal sealed class JunitRules(AuditRun run)
{
    private readonly ILookup<RuleRow, Finding> _failures = (
        from finding in run.Report.Findings
        where finding.Kind.Row().IsAboutNeed && run.Fails(finding)
        let row = RowOf(finding, run.Report.Rules)
        where row is not null
        select (row, finding)).ToLookup(pair => pair.row, pair => pair.finding);

    public IEnumerable<JunitSuite> Suites => run.Report.Rules
        .GroupBy(row => row.Rule.Catalog, StringComparer.Ordinal)
        .Select(catalog => new JunitSuite(catalog.Key, [.. catalog.Select(Test)]));

    /// <summary>True for a finding that a rule's test already reports as its failure.</summary>
    public bool Holds(Finding finding) => _failures.Any(row => row.Contains(finding));

    /// <summary>The row of a finding's roles; or, as hosts may have narrower roles than the rule names, the first of
    /// the rule's that has failed for one of its hosts.</summary>
    private static RuleRow? RowOf(Finding finding, ImmutableArray<RuleRow> rows)
    {
        var ofRule = rows.Where(row => row.Rule.Id == finding.Rule?.Id).ToList();
        return ofRule.Find(row => row.From == finding.FromRole && row.To == finding.ToRole)
            ?? ofRule.Find(row => row.Hosts.Any(pair => pair.Status is RuleStatus.OneWay or RuleStatus.Refused
                or RuleStatus.Blocked
                && finding.Originators.Any(host => (host.Name ?? host.Address) == pair.Originator)));
    }

    private JunitTest Test(RuleRow row)
    {
        var className = $"{row.Rule.Catalog}.{row.From} to {row.To}";
        var name = $"{row.Rule.Id}: {row.Rule.Title}";
        ImmutableArray<Finding> failures = [.. _failures[row]];
        if (!failures.IsEmpty)
            return new JunitTest(className, name, JunitResult.Failed, failures[0].Kind.ToText(),
                $"{row.Status.ToText()}: {row.Reason}", string.Join("\n\n", failures.Select(JunitFindings.Details)));
        return row.Status is RuleStatus.Seen or RuleStatus.SeenByPort
            ? new JunitTest(className, name, JunitResult.Passed)
            : new JunitTest(className, name, JunitResult.Skipped, row.Status.ToText(),
                $"{row.Status.ToText()} ({NeedWords.ToText(row.Rule.Need)}): {row.Reason}");
    }
}
