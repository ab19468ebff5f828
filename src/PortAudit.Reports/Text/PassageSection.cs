using PortAudit.Audit.Passages;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Text;

/// <summary>What the device between two capture points did, for a reader at a terminal.</summary>
internal static class PassageSection
{
    private const int LabelWidth = 22;
    private const int MaximumRows = 20;

    /// <summary>Writes the section.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="report">What the two points tell.</param>
    /// <param name="verbose">True to list every connection.</param>
    public static void Write(ReportPage page, PassageReport report, bool verbose)
    {
        page.Heading($"Through the device: {report.First} and {report.Second}");
        page.Fields(
            [
                new("Clocks", PassageWords.Clock(report)),
                new("Delay there", report.DelayOut is { } there ? PassageWords.Delay(there) : ""),
                new("Delay back", report.DelayIn is { } back ? PassageWords.Delay(back) : ""),
                new("Notes", report.Notes),
            ],
            LabelWidth);
        if (report.Fates.IsEmpty)
            return;
        page.Table(["Fate", "Transport", "#Connections", "#SYNs", "What it means"], report.Fates.Select(row =>
            Cells(row.Fate.ToText(), row.Transport, Quantity.Count(row.Connections),
                row.Syns == 0 ? "" : Quantity.Count(row.Syns), row.Fate.ToClause())));
        WriteTranslations(page, report);
        WriteChanges(page, report);
        WriteConnections(page, report, verbose);
    }

    private static void WriteTranslations(ReportPage page, PassageReport report)
    {
        if (report.Translations.IsEmpty)
            return;
        page.Subheading(("Translations", null));
        page.Table(["Kind", "From", "To", "#Connections", "#Port kept"], report.Translations.Take(MaximumRows)
            .Select(row => Cells(row.Kind.ToText(), row.From, row.To, Quantity.Count(row.Connections),
                Quantity.Count(row.KeptPort))));
        More(page, report.Translations.Length, "translation");
    }

    private static void WriteChanges(ReportPage page, PassageReport report)
    {
        if (report.Changes.IsEmpty)
            return;
        page.Subheading(("What else was changed", null));
        page.Table(["Change", "#Connections"], report.Changes.Take(MaximumRows).Select(row =>
            Cells(PassageWords.Change(row.Change), Quantity.Count(row.Connections))));
        More(page, report.Changes.Length, "change");
    }

    /// <summary>The connections that did not simply pass, those between the same hosts in one row; with
    /// <paramref name="verbose"/> all of them, one by one.</summary>
    private static void WriteConnections(ReportPage page, PassageReport report, bool verbose)
    {
        var rows = verbose
            ? report.Passages.Select(passage => Row([passage])).ToList()
            : [.. report.Passages.Where(passage => IsTold(passage.Fate))
                .GroupBy(passage => (passage.Fate, passage.Flow.Transport, passage.Flow.Originator.Address,
                    ResponderOf(passage), TargetOf(passage)))
                .OrderBy(group => group.Key.Fate == Fate.NotProved).Select(group => Row([.. group]))];
        if (rows.Count == 0)
            return;
        page.Subheading((verbose ? "Connections" : "Connections that did not simply pass", null));
        page.Table(["Connection", "Fate", "Why"], verbose ? rows : rows.Take(MaximumRows));
        if (!verbose && rows.Count > MaximumRows)
            page.Paragraph($"and {Quantity.Of(rows.Count - MaximumRows, "more row")}: all of them with -v, and in JSON "
                + "and CSV");
    }

    private static bool IsTold(Fate fate) =>
        fate is not (Fate.Passed or Fate.Translated or Fate.NotOnTheWay);

    /// <summary>What is not proved is told of all responders together.</summary>
    private static IpAddress? ResponderOf(Passage passage) =>
        passage.Fate == Fate.NotProved ? null : passage.Flow.Responder.Address;

    /// <summary>Where the device sent it, where that is not where its originator sent it.</summary>
    private static Endpoint? TargetOf(Passage passage) =>
        passage is { Near: { } near, Far: { } far } && near.Responder != far.Responder ? far.Responder : null;

    private static IReadOnlyList<IReadOnlyList<string>> Row(List<Passage> passages)
    {
        var first = passages[0];
        var fate = first.Basis is { } basis && basis.ToCertainty() == "perhaps"
            ? $"{first.Fate.ToText()} ({basis.ToCertainty()})"
            : first.Fate.ToText();
        var why = passages.TrueForAll(passage => passage.Why == first.Why) ? first.Why
            : $"{first.Why} (so the first of them)";
        if (passages.Count > 1)
            return [[$"{PassageWords.Hosts([.. passages.Select(passage => passage.Flow)])}: {Quantity.Of(passages.Count, "connection")} to "
                + PassageWords.Ports([.. passages.Select(passage => passage.Flow.Responder.Port)])], [fate], [why]];
        var ends = PassageWords.Ends(first.Flow);
        return first is { Near: { } near, Far: { } far }
            && (near.Originator != far.Originator || near.Responder != far.Responder)
            ? [[ends, $"as {far.Originator} -> {far.Responder}"], [fate], [why]]
            : [[ends], [fate], [why]];
    }

    private static void More(ReportPage page, int count, string noun)
    {
        if (count > MaximumRows)
            page.Paragraph($"and {Quantity.Of(count - MaximumRows, $"more {noun}")}: in JSON");
    }

    private static IReadOnlyList<IReadOnlyList<string>> Cells(params string[] cells) =>
        [.. cells.Select(cell => (IReadOnlyList<string>)[cell])];
}
