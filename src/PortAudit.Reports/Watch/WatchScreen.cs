using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Text;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Observation;
using Spectre.Console;

namespace PortAudit.Reports.Watch;

/// <summary>Draws a <see cref="WatchPicture"/> as lines of a terminal: rates and drops, findings, pairs of roles,
/// and what is still missing.</summary>
public static class WatchScreen
{
    private const string Footer = "Ctrl-C ends watching and reports.";

    /// <summary>Columns of a number of flows.</summary>
    private const int NumberWidth = 11;

    /// <summary>Terminal columns at which role names fit next to all numbers.</summary>
    private const int WideEnoughForAllWords = 100;

    /// <summary>Terminal columns at which findings fit next to their times and counts.</summary>
    private const int WideEnoughForTimes = 60;

    private const int TimeWidth = 10;

    private const int CountWidth = 7;

    private const int SeverityWidth = 9;

    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);

    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Dim = new(decoration: Decoration.Dim);
    private static readonly Style Warning = new(Color.Yellow, decoration: Decoration.Bold);

    /// <summary>The lines, not more than there is room for, none wider than there is.</summary>
    /// <param name="picture">What is shown.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Lines of the terminal.</param>
    /// <param name="color">True to add colour. No meaning rests on it.</param>
    public static ImmutableArray<string> Render(WatchPicture picture, int width, int height, bool color)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var lines = new List<ScreenLine>(Head(picture));
        var sections = Sections(picture, width).Where(section => section.Rows.Count > 0).ToList();
        var room = height - lines.Count - 1;
        foreach (var (section, rows) in Share(sections, room))
        {
            lines.Add(new ScreenLine());
            var left = section.Rows.Count - rows;
            lines.Add(new ScreenLine((left > 0
                ? $"{section.Title} ({Quantity.Count(rows)}, and {Quantity.Count(left)} more)"
                : section.Title, Bold)));
            if (section.Head is { } head)
                lines.Add(head);
            lines.AddRange(section.Rows.Take(rows));
        }

        while (lines.Count < height - 1)
            lines.Add(new ScreenLine());
        lines.Add(new ScreenLine((Footer, Dim)));
        return Draw(lines.Take(height), width, color);
    }

    private static IEnumerable<ScreenLine> Head(WatchPicture picture)
    {
        var (counts, shed) = (picture.Counts, picture.Counts.Shed);
        yield return new ScreenLine(("portaudit watch", Bold), ($"  {picture.Interfaces}, site {picture.Site}, for "
            + $"{Duration.ToText((long)(picture.Now - picture.Started).TotalSeconds * 1_000_000_000)}", null));
        yield return new ScreenLine(
            ($"Packets   {Rate(picture.PacketsPerSecond)}/s, {Quantity.Bytes((long)(picture.BitsPerSecond / 8))}/s; "
                + $"{Quantity.Count(counts.Packets)} in all, ", null),
            (counts.Dropped is { } dropped ? $"{Quantity.Count(dropped)} dropped" : "drops not known",
                counts.Dropped > 0 ? Warning : (Style?)null));
        yield return new ScreenLine(($"Flows     {Quantity.Count(counts.FlowsUnderWay)} under way, "
            + $"{Quantity.Count(counts.Flows)} in all; memory {Quantity.Bytes(picture.MemoryBytes)}", null));
        yield return Standing(picture);
        if (picture.Effort != ObserverEffort.Full)
            yield return new ScreenLine((picture.Effort == ObserverEffort.Counting
                ? "Packets come too fast: new flows are not identified."
                : "Packets come too fast: names and credentials are not read.", Warning));
        else if (shed != default)
            yield return new ScreenLine(($"Not looked at in time: protocols of "
                + $"{Quantity.Of(shed.Identifications, "flow")}, names in {Quantity.Of(shed.Names, "flow")}.",
                    Warning));
        foreach (var note in picture.Notes.TakeLast(2))
            yield return new ScreenLine((note, Warning));
    }

    private static ScreenLine Standing(WatchPicture picture)
    {
        if (picture.Look is not { } look)
            return new ScreenLine(("Audit     first evaluation is pending", Dim));
        var findings = look.Findings
            .GroupBy(finding => finding.Severity)
            .OrderByDescending(group => group.Key)
            .Select(group => $"{Quantity.Count(group.Count())} {group.Key.ToText()}");
        var (seen, all) = (look.Rules.Count(row => row.Status <= RuleStatus.SeenByPort),
            look.Rules.Count(row => row.Status != RuleStatus.NotApplicable));
        var next =
            picture.NextLookAt is { } at && at > picture.Now ? $", next in {(at - picture.Now).TotalSeconds:0} s" : "";
        return new ScreenLine(($"Audit     "
            + $"{(look.Findings.IsEmpty ? "no findings" : $"findings: {string.Join(", ", findings)}")}; "
            + $"{Quantity.Count(seen)} of {Quantity.Count(all)} rules seen; looked at {Clock(picture.LookedAt)}{next}",
                null));
    }

    private static IEnumerable<Section> Sections(WatchPicture picture, int width)
    {
        if (picture.Look is not { } look)
            yield break;
        yield return Findings(look, picture.Now, width);
        yield return Pairs(look, width);
        yield return new Section("Required, not seen yet", null, [.. look.Rules.Where(IsMissing).Select(MissingRow)]);
    }

    /// <summary>The gravest first, of these what was seen last. A narrow terminal shows only what they are
    /// about.</summary>
    private static Section Findings(AuditReport look, DateTimeOffset now, int width)
    {
        var isWide = width >= WideEnoughForTimes;
        var head = new ScreenLine((Left("severity", SeverityWidth) + (isWide
            ? Left("last seen", TimeWidth) + Right("flows", CountWidth) + "  "
            : "") + "finding", Dim));
        return new Section("Findings", head, [.. look.Findings.OrderByDescending(finding => finding.Severity)
            .ThenByDescending(finding => finding.LastSeenNs).ThenBy(finding => finding.Id, StringComparer.Ordinal)
            .Select(finding => FindingRow(finding, now, isWide))]);
    }

    private static ScreenLine FindingRow(Finding finding, DateTimeOffset now, bool isWide) => new(
    [
        (Left(finding.Severity.ToText(), SeverityWidth), SeverityStyle.Of(finding.Severity)),
        .. isWide
            ? [(Left(LastSeen(finding, now), TimeWidth), Dim), (Right(Quantity.Count(finding.Flows), CountWidth) + "  ",
                null)]
            : Array.Empty<(string, Style?)>(),
        (FindingHeadline.Of(finding), null),
    ]);

    /// <summary>The time of day, the day of what is older than a day, or nothing for what was not
    /// seen.</summary>
    private static string LastSeen(Finding finding, DateTimeOffset now)
    {
        if (finding.LastSeenNs is not { } seenNs)
            return "";
        var seen = DateTimeOffset.UnixEpoch.AddTicks(seenNs / TimeSpan.NanosecondsPerTick);
        return now - seen < OneDay ? Clock(seen) : seen.ToLocalTime().ToString("MMM d", CultureInfo.InvariantCulture);
    }

    private static bool IsMissing(RuleRow row) => row.Rule.Need == Need.Required
        && row.Status is not (RuleStatus.Seen or RuleStatus.SeenByPort or RuleStatus.NotApplicable);

    /// <summary>The pairs with most to look at first. On a narrow terminal the words that are no trouble give way
    /// to the names.</summary>
    private static Section Pairs(AuditReport look, int width)
    {
        (string Title, Func<RolePair, long> Of, bool IsTrouble)[] columns =
        [
            ("flows", pair => pair.Flows, false),
            ("permitted", pair => pair.Words.Permitted, false),
            ("escaped", pair => pair.Words.Escaped, true),
            ("blocked", pair => pair.Words.Blocked, false),
            ("misdropped", pair => pair.Words.Misdropped, true),
            ("unanswered", pair => pair.Words.Unanswered, false),
        ];
        var shown = width >= WideEnoughForAllWords ? columns : [.. columns.Where(column => column.IsTrouble)];
        var names = width - (shown.Length * NumberWidth);
        var rows =
            from pair in look.RolePairs
            orderby pair.Words.Escaped + pair.Words.Misdropped descending, pair.Flows descending
            select new ScreenLine(
            [
                (Left($"{pair.From} -> {pair.To}", names), null),
                .. shown.Select(column => (Right(Quantity.Count(column.Of(pair)), NumberWidth),
                    column.IsTrouble && column.Of(pair) > 0 ? Warning : (Style?)null)),
            ]);
        return new Section("Role pairs", new ScreenLine((Left("", names)
            + string.Concat(shown.Select(column => Right(column.Title, NumberWidth))), Dim)), [.. rows]);
    }

    private static ScreenLine MissingRow(RuleRow row) => new((Left(row.Status.ToText(), "window-too-short".Length + 2),
        Dim), ($"{row.From} -> {row.To}: {row.Rule.Id}", null));

    /// <summary>How many rows each section gets: as many as it has, or else an equal part of what is left. Sections for
    /// which there is not even one row are left out, the last ones first.</summary>
    private static IEnumerable<(Section Section, int Rows)> Share(List<Section> sections, int room)
    {
        var shown = new List<Section>();
        var rows = room;
        foreach (var section in sections.TakeWhile(section => rows - section.Overhead > shown.Count))
        {
            shown.Add(section);
            rows -= section.Overhead;
        }

        var given = new int[shown.Count];
        foreach (var (index, left) in shown.Select((section, index) => (index, section.Rows.Count))
            .OrderBy(section => section.Count).Select((section, index) => (section.index, shown.Count - index)))
        {
            given[index] = Math.Min(shown[index].Rows.Count, rows / left);
            rows -= given[index];
        }

        return shown.Select((section, index) => (section, given[index])).Where(section => section.Item2 > 0);
    }

    private static ImmutableArray<string> Draw(IEnumerable<ScreenLine> lines, int width, bool color)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var page = new TextPage(text, Math.Max(1, width), color);
        foreach (var line in lines)
            page.Line(line.CutTo(width));
        return [.. text.ToString().Split('\n').SkipLast(1).Select(line => line.TrimEnd('\r'))];
    }

    private static string Rate(double perSecond) => perSecond.ToString("N0", CultureInfo.InvariantCulture);

    private static string Clock(DateTimeOffset? time) =>
        time?.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture) ?? "";

    private static string Left(string text, int width) => ScreenLine.Fit(VisibleText.Escape(text), width);

    private static string Right(string text, int width) => text.PadLeft(width);

    private sealed record Section(string Title, ScreenLine? Head, List<ScreenLine> Rows)
    {
        /// <summary>Lines besides the rows: an empty one, the title, the head.</summary>
        public int Overhead => Head is null ? 2 : 3;
    }
}
