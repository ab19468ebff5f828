using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Text;

/// <summary>Whether captures watched long enough to judge the rules of firewalls, for a reader at a terminal.</summary>
internal static class WatchSection
{
    /// <summary>The title of the section.</summary>
    public const string Title = "Long enough?";

    private const int LabelWidth = 14;

    /// <summary>Writes the section.</summary>
    public static void Write(ReportPage page, WatchedDays watched)
    {
        page.Heading(Title);
        page.Fields(Facts(watched).Select(fact => new ReportField(fact.Label, fact.Text)), LabelWidth);
        foreach (var table in WatchTables.Of(watched))
            table.Write(page);
    }

    /// <summary>The answer in sentences, with labels.</summary>
    public static IEnumerable<(string Label, string Text)> Facts(WatchedDays watched)
    {
        yield return ("Long enough", watched.IsLongEnough
            ? $"{WatchedDays.LeastDays} days or more: a rule may be called unused, unless a document gives it a longer "
                + "period"
            : $"below {WatchedDays.LeastDays} days: no rule is called unused");
        yield return ("Watched", watched.Text);
        if (Gaps(watched) is { Length: > 0 } gaps)
            yield return ("Gaps", gaps);
        if (Silences(watched) is { Length: > 0 } silences)
            yield return ("Silence", silences);
        if (watched.Points.Length > WatchedDays.MaxPoints)
            yield return ("Points", $"days show the time of the first {WatchedDays.MaxPoints} of "
                + Quantity.Of(watched.Points.Length, "capture point"));
        yield return ("New services", NewServices(watched));
    }

    private static string Gaps(WatchedDays watched) => string.Join("; ", watched.Points
        .Where(point => !point.Gaps.IsEmpty)
        .Select(point => $"{WatchTables.NameOf(point.Name)}: {Quantity.Of(point.Gaps.Length, "gap")}, "
            + Duration.ToText(WatchTables.Sum(point.Gaps))));

    private static string Silences(WatchedDays watched)
    {
        var points = watched.Points.Where(point => point.SilenceNs > 0)
            .Select(point => $"{WatchTables.NameOf(point.Name)} for {Duration.ToText(point.SilenceNs)}").ToList();
        return points.Count == 0
            ? ""
            : $"no packet at {string.Join("; ", points)}: not counted as watched, though the times of days and "
                + "captures have it, as it is not known when it was";
    }

    private static string NewServices(WatchedDays watched)
    {
        var total = Quantity.Of(watched.Services, "service");
        var more = watched.HasMoreServices ? "; more were seen than are kept apart" : "";
        if (watched.Services == 0)
            return $"no service between two roles was seen in connections that met a firewall{more}";
        if (watched.Days.Length == 1)
            return $"{total} between two roles {Quantity.Word(watched.Services, "was", "were")} seen, all on one "
                + $"day{more}";
        var (first, last) = (watched.Days[0], watched.Days[^1]);
        var newest = watched.Days.Last(day => !day.NewServices.IsEmpty);
        var since = watched.Days.Count(day => day.Date > newest.Date);
        var end = since == 0
            ? $"{Quantity.Count(last.NewServices.Length)} on the last: new ones still appeared"
            : $"none on the last {(since == 1 ? "day" : $"{since} watched days")}, the newest on "
                + WatchTables.Day(newest.Date);
        return $"{total} between two roles: {Quantity.Count(first.NewServices.Length)} on the first day, {end}{more}";
    }
}
