using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Text;

/// <summary>The rules of a firewall beside documents and traffic, for a reader at a terminal.</summary>
internal static class PolicySection
{
    private const int LabelWidth = 14;

    /// <summary>Writes the section.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="report">The firewall.</param>
    /// <param name="verbose">True to list every rule.</param>
    public static void Write(ReportPage page, PolicyReport report, bool verbose)
    {
        page.Heading($"Firewall rules: {report.Name}");
        page.Fields(Facts(report).Select(fact => new ReportField(fact.Label, fact.Text)), LabelWidth);
        foreach (var table in PolicyTables.Of(report, verbose))
            table.Write(page);
    }

    /// <summary>What is known of the firewall, with labels.</summary>
    public static IEnumerable<(string Label, string Text)> Facts(PolicyReport report)
    {
        var lines = report.Policy.Lines;
        yield return ("Configuration", $"{report.Policy.Format}, "
            + string.Join(", ", report.Policy.Files.Select(file => file.Path))
            + $": {Quantity.Of(lines.Understood, "line")} of policy understood, "
            + $"{Quantity.Count(lines.NotEvaluable)} not evaluable, {Quantity.Count(lines.Other)} about something "
            + "else");
        yield return ("Position", report.Where);
        yield return ("Connections", Connections(report));
        yield return ("Rules", Summary(report));
    }

    private static string Connections(PolicyReport report)
    {
        var text = $"{Quantity.Of(report.Connections, "connection")} met it";
        if (report.Undecided > 0)
            text += $"; for {Quantity.Count(report.Undecided)} the configuration does not decide";
        if (report.HasMoreConflicts)
            text += "; not all contradictions are findings, as there are too many";
        return report.Undirected == 0
            ? text
            : $"{text}; {Quantity.Count(report.Undirected)} more are not compared, as nothing proves who opened them";
    }

    private static string Summary(PolicyReport report)
    {
        var permits = report.Rules
            .Where(row => row.Rule.Action == Audit.Policies.Model.PolicyAction.Permit && !row.Rule.IsImplicit).ToList();
        var uses = permits.GroupBy(row => row.Use).OrderBy(group => group.Key)
            .Select(group => $"{Quantity.Count(group.Count())} {group.Key.ToText()}");
        var needs = permits.GroupBy(row => row.Need).OrderBy(group => group.Key)
            .Select(group => $"{Quantity.Count(group.Count())} {group.Key.ToText()}");
        return permits.Count == 0
            ? "no rule permits anything"
            : $"{Quantity.Of(permits.Count, "rule")} that {Quantity.Word(permits.Count, "permits", "permit")}: "
                + $"{string.Join(", ", uses)}; {string.Join(", ", needs)}";
    }
}
