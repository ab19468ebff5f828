using System.Collections.Immutable;
using PortAudit.Audit.Passages;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Text;

/// <summary>The tables of what the device between two capture points did, for text and page.</summary>
internal static class PassageTables
{
    private const int MaximumRows = 20;

    /// <summary>The tables that have rows.</summary>
    /// <param name="report">The comparison.</param>
    /// <param name="isWhole">True to list every connection by itself.</param>
    public static IEnumerable<SectionTable> Of(PassageReport report, bool isWhole) =>
        new[] { Fates(report), Translations(report), Changes(report), Connections(report, isWhole) }
            .Where(table => !table.Rows.IsEmpty);

    private static SectionTable Fates(PassageReport report) => new("What became of connections",
        ["Fate", "Transport", "#Connections", "#SYNs", "What it means"],
        [.. report.Fates.Select(row => Cells(row.Fate.ToText(), row.Transport, Quantity.Count(row.Connections),
            row.Syns == 0 ? "" : Quantity.Count(row.Syns), row.Fate.ToClause()))], null);

    private static SectionTable Translations(PassageReport report) => Cut("Translations",
        ["Kind", "From", "To", "#Connections", "#Port kept"],
        [.. report.Translations.Select(row => Cells(row.IsSource ? "source" : "destination", row.From, row.To,
            Quantity.Count(row.Connections), Quantity.Count(row.KeptPort)))]);

    private static SectionTable Changes(PassageReport report) => Cut("What else was changed",
        ["Change", "#Connections"],
        [.. report.Changes.Select(row => Cells(PassageWords.Change(row.Change), Quantity.Count(row.Connections)))]);

    /// <summary>The connections that did not simply pass, those between the same hosts in one row.</summary>
    private static SectionTable Connections(PassageReport report, bool isWhole)
    {
        ImmutableArray<string> columns = ["Connection", "Fate", "Why"];
        if (isWhole)
            return new SectionTable("Connections", columns,
                [.. report.Passages.Select(passage => Row([passage]))], null);
        return Cut("Connections that did not simply pass", columns, [.. report.Passages
            .Where(passage => IsNotable(passage.Fate))
            .GroupBy(passage => (passage.Fate, passage.Flow.Transport, passage.Flow.Originator.Address,
                ResponderOf(passage), TargetOf(passage)))
            .OrderBy(group => group.Key.Fate == Fate.NotProved).Select(group => Row([.. group]))]);
    }

    private static SectionTable Cut(string title, ImmutableArray<string> columns,
        ImmutableArray<ImmutableArray<ImmutableArray<string>>> rows) => rows.Length <= MaximumRows
        ? new SectionTable(title, columns, rows, null)
        : new SectionTable(title, columns, rows[..MaximumRows],
            $"and {Quantity.Of(rows.Length - MaximumRows, "more row")}: all connections are in the text with -v, and "
                + "in JSON");

    private static bool IsNotable(Fate fate) =>
        fate is not (Fate.Passed or Fate.Translated or Fate.NotOnTheWay);

    /// <summary>Unproved passages are listed for all responders together.</summary>
    private static IpAddress? ResponderOf(Passage passage) =>
        passage.Fate == Fate.NotProved ? null : passage.Flow.Responder.Address;

    /// <summary>Where the device sent it, where that is not where its originator sent it.</summary>
    private static Endpoint? TargetOf(Passage passage) =>
        passage is { Near: { } near, Far: { } far } && near.Responder != far.Responder ? far.Responder : null;

    private static ImmutableArray<ImmutableArray<string>> Row(List<Passage> passages)
    {
        var first = passages[0];
        var fate = first.Basis is { } basis && basis.ToCertainty() == "perhaps"
            ? $"{first.Fate.ToText()} ({basis.ToCertainty()})"
            : first.Fate.ToText();
        var why = passages.TrueForAll(passage => passage.Why == first.Why) ? first.Why
            : $"{first.Why} (for the first)";
        return [Endpoints(passages), [fate], [why]];
    }

    private static ImmutableArray<string> Endpoints(List<Passage> passages)
    {
        var first = passages[0];
        if (passages.Count > 1)
            return [$"{PassageWords.Hosts([.. passages.Select(passage => passage.Flow)])}: "
                + $"{Quantity.Of(passages.Count, "connection")} to "
                + PassageWords.Ports([.. passages.Select(passage => passage.Flow.Responder.Port)])];
        return first is { Near: { } near, Far: { } far }
            && (near.Originator != far.Originator || near.Responder != far.Responder)
            ? [PassageWords.Endpoints(near), $"as {far.Originator} -> {far.Responder}"]
            : [PassageWords.Endpoints(first.Flow)];
    }

    private static ImmutableArray<ImmutableArray<string>> Cells(params string[] cells) =>
        [.. cells.Select(cell => (ImmutableArray<string>)[cell])];
}
