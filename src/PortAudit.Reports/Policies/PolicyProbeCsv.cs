using System.Globalization;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Policies;

/// <summary>Answers to many packets (RFC 4180), a row each in their order: <c>outcome,rule,line</c>. The rule and line
/// of an undecided packet are the first that may decide; they are empty where no rule speaks.</summary>
public static class PolicyProbeCsv
{
    /// <summary>Writes the line of headings.</summary>
    public static void WriteHead(TextWriter writer) => CsvLine.Write(writer, ["outcome", "rule", "line"]);

    /// <summary>Writes an answer.</summary>
    /// <param name="outcome">What happens.</param>
    /// <param name="rule">The first rule that decides; null without one.</param>
    /// <param name="writer">Takes the row.</param>
    public static void Write(PolicyOutcome outcome, PolicyRule? rule, TextWriter writer) => CsvLine.Write(writer,
    [
        outcome.ToText(),
        rule?.Name ?? "",
        rule?.Line.Line.ToString(CultureInfo.InvariantCulture) ?? "",
    ]);
}
