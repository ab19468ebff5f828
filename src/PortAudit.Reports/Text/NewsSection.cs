using System.Collections.Immutable;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Text;

/// <summary>What a baseline does not know, for a reader at a terminal and of the page.</summary>
internal static class NewsSection
{
    /// <summary>The title of the section.</summary>
    public const string Title = "New here";

    /// <summary>Services that the text lists; the page and JSON list more.</summary>
    private const int MaximumRows = 25;

    private const int LabelWidth = 8;

    /// <summary>Writes the section; nothing without a baseline.</summary>
    public static void Write(ReportPage page, TrafficNews? news, bool verbose)
    {
        if (news is null)
            return;
        page.Heading(Title);
        page.Paragraph(Sentence(news));
        page.Fields([new("Note", news.Caveats)], LabelWidth);
        if (!news.Rows.IsEmpty)
            Table(news, verbose ? int.MaxValue : MaximumRows).Write(page);
    }

    /// <summary>With what was compared, and how much is new.</summary>
    public static string Sentence(TrafficNews news)
    {
        var kinds = news.Rows.DistinctBy(row => row.Finding).GroupBy(row => row.Kind).OrderBy(group => group.Key)
            .Select(group => $"{Quantity.Count(group.Count())} {group.Key.ToText()}").ToList();
        var found = kinds.Count == 0 ? "Nothing is new" : $"Findings: {string.Join(", ", kinds)}";
        var left = news.NotListed == 0 ? "" : $", and {Quantity.Count(news.NotListed)} more that are not listed: has "
            + "the site file or the network changed?";
        return $"Compared with a baseline of {Quantity.Of(news.Baseline.Entries.Length, "service")} that watched for "
            + $"{news.Baseline.WatchText}. {found}{left}. What the baseline has and this audit did not see is not "
            + "told: silence proves nothing.";
    }

    /// <summary>The services that are new or used unlike before.</summary>
    /// <param name="news">What is new.</param>
    /// <param name="maximum">Rows at most.</param>
    public static SectionTable Table(TrafficNews news, int maximum) => new(
        "Services",
        ["Roles", "Service", "#Connections", "Clients", "First seen", "Finding"],
        [.. news.Rows.Take(maximum).Select(Row)],
        news.Rows.Length > maximum
            ? $"and {Quantity.Of(news.Rows.Length - maximum, "more service")}: {Shortened.InJson}"
            : null);

    private static ImmutableArray<ImmutableArray<string>> Row(NewsRow row) =>
    [
        [$"{row.Entry.FromRole} -> {row.Entry.ToRole}"],
        [row.Entry.Service],
        [Quantity.Count(row.Entry.Connections)],
        [Clients(row.Entry)],
        [row.Entry.FirstNs is { } first ? ReportTime.ToMillisecond(first) : ""],
        [row.Kind.ToText(), row.Finding],
    ];

    private static string Clients(LearnedEntry entry) => entry.Clients switch
    {
        { Kept: [var only], HasMore: false } => only.ToString(),
        { HasMore: true } => $"more than {Quantity.Count(entry.Clients.Kept.Length)}",
        _ => Quantity.Count(entry.Clients.Kept.Length),
    };
}
