using System.Collections.Immutable;
using PortAudit.Audit.Findings;

namespace PortAudit.Reports.Html;

/// <summary>Findings of one kind and severity, as an overview names them.</summary>
/// <param name="First">The one that stands for them.</param>
/// <param name="Count">How many there are.</param>
internal sealed record TopRisk(Finding First, int Count)
{
    /// <summary>The gravest, in the order of the report; none that is for information alone.</summary>
    /// <param name="findings">Findings by gravity, the gravest first.</param>
    /// <param name="maximum">How many at most.</param>
    public static ImmutableArray<TopRisk> Of(ImmutableArray<Finding> findings, int maximum) =>
    [
        .. findings.Where(finding => finding.Severity > Severity.Info)
            .GroupBy(finding => (finding.Severity, finding.Kind))
            .OrderByDescending(group => group.Key.Severity)
            .Take(maximum)
            .Select(group => new TopRisk(group.First(), group.Count())),
    ];

    /// <summary>The first sentence of what to do about it.</summary>
    public string Remedy =>
        First.Remedy.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end
            ? First.Remedy[..(end + 1)]
            : First.Remedy;
}
