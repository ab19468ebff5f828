using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Observation;

namespace PortAudit.Reports.Text;

/// <summary>The tables of the days that captures watched, and of captures and gaps. There is none for captures of one
/// day, of which sentences say it all.</summary>
internal static class WatchTables
{
    /// <summary>Rows of a table at most; of more days the latest are shown.</summary>
    private const int MaximumRows = 40;

    /// <summary>Days that have a row each; more are joined by weeks.</summary>
    private const int MaximumDays = 31;

    /// <summary>Services that a row names.</summary>
    private const int MaximumServices = 2;

    /// <summary>Capture points that have a column each.</summary>
    private const int MaximumPoints = 3;

    private const int DaysOfWeek = 7;

    private const long NanosecondsPerMinute = 60_000_000_000;

    /// <summary>Lengths below which gaps are not listed; the first is taken with which the table fits.</summary>
    private static readonly long[] ShortGaps = [0, NanosecondsPerMinute, 60 * NanosecondsPerMinute,
        24 * 60 * NanosecondsPerMinute, long.MaxValue];

    /// <summary>The tables.</summary>
    public static IEnumerable<SectionTable> Of(WatchedDays watched) =>
        watched.Days.Length < 2 ? [] : [Days(watched), Captures(watched)];

    /// <summary>A capture point as text and page call it.</summary>
    public static string NameOf(string point) => point.Length == 0 ? "(unnamed)" : point;

    /// <summary>A day with its weekday: <c>Sat 2026-01-31</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The length of gaps together, in nanoseconds.</summary>
    public static long Sum(IEnumerable<CaptureGap> gaps) => (long)gaps.Aggregate(Int128.Zero,
        (sum, gap) => Int128.Min(sum + Length(gap), long.MaxValue));

    private static SectionTable Days(WatchedDays watched)
    {
        var points = watched.Points.Select(point => point.Name).ToImmutableArray();
        var isByDay = watched.Days[^1].Date.DayNumber - watched.Days[0].Date.DayNumber < MaximumDays;
        var rows = new List<ImmutableArray<ImmutableArray<string>>>();
        DateOnly? until = null;
        foreach (var days in watched.Days.GroupBy(day => isByDay ? day.Date : Monday(day.Date)))
        {
            if (until is { } next && next < days.Key)
                rows.Add(Missing(next, days.Key.AddDays(-1), points));
            rows.Add(Row([.. days], points, named: rows.Count > 0));
            until = days.Key.AddDays(isByDay ? 1 : DaysOfWeek);
        }

        var cut = Math.Max(0, rows.Count - MaximumRows);
        return new SectionTable(isByDay ? "Days (UTC)" : "Weeks (UTC)",
            [isByDay ? "Day" : "Week", .. Headings(points), "#Connections", "#New", "New services between roles"],
            [.. rows.Skip(cut)],
            cut == 0 ? null : $"{Quantity.Of(cut, "earlier row")} not listed: {Shortened.InJson}");
    }

    /// <summary>A column for each of a few points; one for more.</summary>
    private static IEnumerable<string> Headings(ImmutableArray<string> points) =>
        points.Length is > 1 and <= MaximumPoints ? points.Select(point => $"At {NameOf(point)}") : ["Watched"];

    private static ImmutableArray<ImmutableArray<string>> Missing(DateOnly first, DateOnly last,
        ImmutableArray<string> points) =>
    [
        [first == last ? Day(first) : $"{Day(first)} to {Day(last)}"],
        [$"no capture for {Quantity.Of(last.DayNumber - first.DayNumber + 1, "day")}"],
        .. Enumerable.Repeat(ImmutableArray.Create(""), Headings(points).Count() + 2),
    ];

    /// <summary>A row; the first names no services, as all of them are new.</summary>
    private static ImmutableArray<ImmutableArray<string>> Row(ImmutableArray<WatchedDay> days,
        ImmutableArray<string> points, bool named)
    {
        ImmutableArray<RoleService> services = [.. days.SelectMany(day => day.NewServices)];
        return
        [
            [.. Label(days)],
            .. Watched(days, points).Select(ImmutableArray.Create),
            [Quantity.Count(days.Sum(day => day.Connections))],
            [Quantity.Count(services.Length)],
            named ? Named(services) : [""],
        ];
    }

    private static ImmutableArray<string> Named(ImmutableArray<RoleService> services)
    {
        var more = services.Length - MaximumServices;
        return
        [
            .. Ended([.. services.Take(MaximumServices)
                .Select(service => $"{service.From} -> {service.To}: {service.Service}"),
                .. more > 0 ? [$"and {Quantity.Count(more)} more"] : (string[])[]]),
        ];
    }

    private static IEnumerable<string> Label(ImmutableArray<WatchedDay> days)
    {
        yield return days.Length == 1
            ? Day(days[0].Date)
            : $"{Day(days[0].Date)} to {Day(days[^1].Date)}: {Quantity.Of(days.Length, "day")}";
        var marks = new[] { Mark(days, day => day.IsMonthEnd, "month end"), Mark(days, day => day.IsPatchDay,
            "patch day") }.Where(mark => mark.Length > 0);
        if (string.Join(", ", marks) is { Length: > 0 } marked)
            yield return $"({marked})";
    }

    private static string Mark(ImmutableArray<WatchedDay> days, Func<WatchedDay, bool> isMarked, string name) =>
        days.Any(isMarked) ? name : "";

    private static IEnumerable<string> Watched(ImmutableArray<WatchedDay> days, ImmutableArray<string> points)
    {
        var times = days.SelectMany(day => day.Points).GroupBy(entry => entry.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(entry => entry.Value), StringComparer.Ordinal);
        return points.Length is > 0 and <= MaximumPoints
            ? points.Select(point => times.TryGetValue(point, out var ns) ? Duration.ToText(ns) : "nothing")
            : [$"{Quantity.Count(times.Count)} of {Quantity.Of(points.Length, "point")}, the longest "
                + Duration.ToText(times.Values.DefaultIfEmpty().Max())];
    }

    private static SectionTable Captures(WatchedDays watched)
    {
        var shortNs = ShortGaps.First(ns => ns == long.MaxValue
            || watched.Points.Sum(point => 1 + (2 * point.Gaps.Count(gap => Length(gap) >= ns))) <= MaximumRows);
        List<CaptureGap> left = [.. watched.Points.SelectMany(point => point.Gaps).Where(gap => Length(gap) < shortNs)];
        var rows = watched.Points.SelectMany(point => Rows(point, shortNs)).ToList();
        var more = left.Count == 0 ? null
            : $"{Quantity.Of(left.Count, "shorter gap")}, {Duration.ToText(Sum(left))} together, "
                + $"{Quantity.Word(left.Count, "is", "are")} not listed: {Shortened.InJson}";
        return new SectionTable("Captures and the gaps between them",
            ["Capture point", "From (UTC)", "To", "Length", "Captures"], [.. rows.Take(MaximumRows)],
            rows.Count <= MaximumRows ? more : $"Rows of {watched.Points.Length} capture points are cut: "
                + $"{Shortened.InJson}");
    }

    /// <summary>Times and gaps of a point in turn; times that only a shorter gap parts are one.</summary>
    private static IEnumerable<ImmutableArray<ImmutableArray<string>>> Rows(WatchedPoint point, long shortNs)
    {
        var gaps = point.Gaps.Where(gap => Length(gap) >= shortNs).ToList();
        var next = 0;
        foreach (var gap in gaps)
        {
            if (Joined(point, ref next, gap.FromNs) is { } before)
                yield return Row(point, before.FromNs, before.ToNs, Files(before.Captures));
            yield return Row(point, gap.FromNs, gap.ToNs, "no capture");
        }

        if (Joined(point, ref next, long.MaxValue) is { } rest)
            yield return Row(point, rest.FromNs, rest.ToNs, Files(rest.Captures));
    }

    private static WatchedTime? Joined(WatchedPoint point, ref int next, long untilNs)
    {
        var first = next;
        while (next < point.Times.Length && point.Times[next].ToNs <= untilNs)
            next++;
        return next == first ? null : new WatchedTime(point.Times[first].FromNs, point.Times[next - 1].ToNs,
            [.. point.Times[first..next].SelectMany(time => time.Captures).Distinct(StringComparer.Ordinal)]);
    }

    private static ImmutableArray<ImmutableArray<string>> Row(WatchedPoint point, long fromNs, long toNs,
        string captures) =>
    [
        [NameOf(point.Name)], [Second(fromNs)], [Second(toNs)], [Duration.ToText(Length(new CaptureGap(fromNs, toNs)))],
        [captures],
    ];

    private static string Files(ImmutableArray<string> paths) => paths.Length <= 2
        ? string.Join(", ", paths)
        : $"{paths[0]} to {paths[^1]} ({paths.Length} captures)";

    private static string Second(long ns) => ReportTime.ToMillisecond(ns)[..^4];

    private static long Length(CaptureGap gap) => (long)Int128.Min((Int128)gap.ToNs - gap.FromNs, long.MaxValue);

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek));

    /// <summary>Lines that can be read as one, too.</summary>
    private static IEnumerable<string> Ended(IReadOnlyList<string> lines) =>
        lines.Select((line, index) => index < lines.Count - 1 ? $"{line};" : line);
}
