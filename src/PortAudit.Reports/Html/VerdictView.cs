using PortAudit.Audit.Findings;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Text;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Html;

/// <summary>What a page says first of an audit.</summary>
internal sealed class VerdictView(AuditRun run)
{
    private Severity? Gravest =>
        run.Report.Findings.IsEmpty ? null : run.Report.Findings.Max(finding => finding.Severity);

    /// <summary>Its style class: <c>bad</c>, <c>warn</c> or <c>good</c>.</summary>
    public string Tone => Gravest switch
    {
        >= Severity.High => "bad",
        >= Severity.Low => "warn",
        _ => run.Report.NotJudged is not null || run.Report.FlowsJudged == 0 || run.IsPartial ? "warn" : "good",
    };

    public string Sign => Tone switch { "bad" => "✖", "warn" => "!", _ => "✔" };

    /// <summary>How many findings there are and how grave, or why there is no verdict.</summary>
    public string Sentence
    {
        get
        {
            var count = VerdictSection.Count(run.Report.Findings);
            var sentence = $"{char.ToUpperInvariant(count[0])}{count[1..]}.";
            if (run.Report.NotJudged is { } why)
                return $"NOT JUDGED. {why.Reason} {why.NextStep} {(run.Report.Findings.IsEmpty ? "" : sentence)}"
                    .TrimEnd();
            return run.Report.Findings.IsEmpty ? $"{sentence} {FindingSection.WhyNone(run.Report)}" : sentence;
        }
    }

    /// <summary>The time of the captures and the amount of traffic.</summary>
    public string Window => run.Report.Coverage is { WindowStartNs: { } start, WindowEndNs: { } end }
        ? $"{ReportTime.Span(start, end)}: {Quantity.Of(run.Report.Coverage.Packets, "packet")}, "
            + VerdictSection.Flows(run.Report)
        : "The captures hold no packet.";
}
