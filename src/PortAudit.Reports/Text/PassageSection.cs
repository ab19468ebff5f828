using PortAudit.Audit.Passages;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>What the device between two capture points did, for a reader at a terminal.</summary>
internal static class PassageSection
{
    private const int LabelWidth = 22;

    /// <summary>Writes the section.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="report">The comparison.</param>
    /// <param name="verbose">True to list every connection.</param>
    public static void Write(ReportPage page, PassageReport report, bool verbose)
    {
        page.Heading(Title(report));
        page.Fields([.. Facts(report).Select(fact => new ReportField(fact.Label, fact.Text)),
            new ReportField("Notes", report.Notes)], LabelWidth);
        foreach (var table in PassageTables.Of(report, verbose))
            table.Write(page);
    }

    public static string Title(PassageReport report) => $"Through the device: {report.First} and {report.Second}";

    /// <summary>What is known of clocks and delays, with labels; a text is empty where nothing is.</summary>
    public static IEnumerable<(string Label, string Text)> Facts(PassageReport report) =>
    [
        ("Clocks", PassageWords.Clock(report)),
        ("Forward delay", report.DelayOut is { } there ? PassageWords.Delay(there) : ""),
        ("Return delay", report.DelayIn is { } back ? PassageWords.Delay(back) : ""),
    ];
}
