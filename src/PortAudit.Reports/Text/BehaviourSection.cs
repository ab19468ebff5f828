using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Behaviour;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Text;

/// <summary>What a model of behaviour takes flows for, for a reader at a terminal and of the page.</summary>
internal static class BehaviourSection
{
    /// <summary>The title of the section.</summary>
    public const string Title = "Behaves unlike its name";

    /// <summary>Writes the section; nothing without a model.</summary>
    public static void Write(ReportPage page, AuditReport report)
    {
        if (report.Behaviour is not { } behaviour)
            return;
        page.Heading(Title);
        page.Paragraph(Sentence(report));
        Table(behaviour).Write(page);
    }

    /// <summary>What was looked at, and how much of it is a finding.</summary>
    public static string Sentence(AuditReport report)
    {
        var named = report.Behaviour!.Kinds.Sum(kind => kind.Flows);
        var found = report.Findings.Where(finding => finding.Kind == FindingKind.BehavesUnlikeName)
            .Select(finding => finding.Id).ToList();
        var findings = found.Count == 0
            ? "None of them behaves unlike the rule that allows it"
            : $"{Quantity.Of(found.Count, "finding")}: {string.Join(", ", found)}";
        return named == 0
            ? "A model looked at the sizes and times of packets of flows whose protocol no bytes prove, and named none."
            : $"By the sizes and times of packets a model named {Quantity.Of(named, "flow")} whose protocol no bytes "
            + $"prove. {findings}. A model is no proof: how often it was right is measured on captures that it was not "
            + "trained on.";
    }

    /// <summary>The kinds that the model knows.</summary>
    public static SectionTable Table(BehaviourReport behaviour) => new(
        "Kinds",
        ["Kind", "#Flows", "#Right, when measured", "#Found, when measured"],
        [.. behaviour.Kinds.Select(Row)],
        null);

    private static ImmutableArray<ImmutableArray<string>> Row(BehaviourRow row) =>
    [
        [row.Kind.ToText()],
        [Quantity.Count(row.Flows)],
        [$"{Percent(row.Measured.Precision)} (at least {Percent(row.Measured.PrecisionLow)})"],
        [Percent(row.Measured.Recall)],
    ];

    private static string Percent(double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
