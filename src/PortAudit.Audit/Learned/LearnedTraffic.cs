using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.Learned;

/// <summary>A baseline: who used which service of whom while captures watched. It can be united with others, and read
/// and edited by people.</summary>
public sealed record LearnedTraffic
{
    /// <summary>Spans of time that are kept; beyond them the closest are joined.</summary>
    public const int MaximumSpans = 10_000;

    private const long NanosecondsPerHour = 3_600_000_000_000;

    /// <summary>Name of the site.</summary>
    public required string Site { get; init; }

    /// <summary>SHA-256 of the site file, in lower-case hexadecimal digits.</summary>
    public required string SiteSha256 { get; init; }

    /// <summary>Catalogs by which it was judged, by id, in ordinal order.</summary>
    public required ImmutableArray<string> Catalogs { get; init; }

    /// <summary>Decimal digits of a second in its times.</summary>
    public required int TimestampDigits { get; init; }

    /// <summary>When captures watched, by begin; none overlaps another.</summary>
    public required ImmutableArray<CaptureGap> Watched { get; init; }

    /// <summary>Services, by roles, service and segments.</summary>
    public required ImmutableArray<LearnedEntry> Entries { get; init; }

    /// <summary>True when there were more services than are kept.</summary>
    public bool HasMoreEntries { get; init; }

    /// <summary>True when there were more pairs of hosts than regular intervals were looked for in.</summary>
    public bool HasMorePairs { get; init; }

    /// <summary>How long captures watched, in nanoseconds.</summary>
    public long WatchedNs => LengthOf(Watched);

    /// <summary>True when it can tell nothing: it has no service, or never watched.</summary>
    public bool IsEmpty => Entries.IsEmpty && Watched.IsEmpty;

    /// <summary>How long it watched, in words: <c>9 days (2026-11-02 to 2026-11-10 UTC), 24 of 24 hours of the
    /// day</c>.</summary>
    public string WatchText
    {
        get
        {
            if (Watched.IsEmpty)
                return "no time";
            var (from, to) = (SentenceTime.ToDay(Watched[0].FromNs), SentenceTime.ToDay(Watched[^1].ToNs));
            var days = from == to ? $"on {Day(from)} UTC" : $"{Day(from)} to {Day(to)} UTC";
            var hours = Enumerable.Range(0, LearnedEntry.HoursPerDay).Count(hour => DaysWatchedAt(hour) > 0);
            return $"{Duration.InSentence(WatchedNs)} ({days}), {hours} of {LearnedEntry.HoursPerDay} hours of the day";
        }
    }

    /// <summary>On how many days some of an hour of the day (UTC) was watched.</summary>
    /// <param name="hour">The hour, from 0 to 23.</param>
    public int DaysWatchedAt(int hour)
    {
        var (days, next) = (0L, long.MinValue);
        foreach (var span in Watched)
        {
            var (first, last) = (HourOf(span.FromNs), HourOf(Math.Max(span.FromNs, span.ToNs - 1)));
            first = Math.Max(first, next);
            if (first > last)
                continue;
            days += CountOf(last, hour) - CountOf(first - 1, hour);
            next = last + 1;
        }

        return (int)Math.Min(days, int.MaxValue);
    }

    /// <summary>Both baselines as one. Connections that both recorded count twice (<see cref="OverlapNs"/>).</summary>
    /// <param name="other">Another one of the same site.</param>
    public LearnedTraffic UnionWith(LearnedTraffic other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return (this with
        {
            Catalogs = [.. Catalogs.Union(other.Catalogs).Order(StringComparer.Ordinal)],
            TimestampDigits = Math.Max(TimestampDigits, other.TimestampDigits),
            Watched = Joined(Absences.Union([.. Watched, .. other.Watched])),
            HasMoreEntries = HasMoreEntries || other.HasMoreEntries,
            HasMorePairs = HasMorePairs || other.HasMorePairs,
        }).With(Entries.Concat(other.Entries).GroupBy(entry => entry.Key)
            .Select(group => group.Aggregate((one, two) => one.UnionWith(two))));
    }

    /// <summary>How long both watched at the same time, in nanoseconds.</summary>
    public long OverlapNs(LearnedTraffic other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var both = (Int128)WatchedNs + other.WatchedNs - LengthOf(Absences.Union([.. Watched, .. other.Watched]));
        return (long)Int128.Clamp(both, 0, long.MaxValue);
    }

    /// <summary>The baseline with these entries instead of its own.</summary>
    /// <param name="entries">In any order, each service once.</param>
    public LearnedTraffic With(IEnumerable<LearnedEntry> entries) =>
        this with { Entries = [.. entries.OrderBy(entry => entry.Key, TrafficKey.Order)] };

    /// <summary>The baseline with services that somebody accepts. One that it has already takes the rest over, unless
    /// it was accepted with the same connections before.</summary>
    /// <param name="accepted">The services.</param>
    /// <param name="reason">Why.</param>
    public LearnedTraffic Accept(IEnumerable<LearnedEntry> accepted, string reason)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        var entries = Entries.ToDictionary(entry => entry.Key);
        foreach (var entry in accepted)
        {
            var known = entries.GetValueOrDefault(entry.Key);
            if (known is { Accepted: not null } && known.FirstNs <= entry.FirstNs && known.LastNs >= entry.LastNs)
                continue;
            entries[entry.Key] = (known?.UnionWith(entry) ?? entry) with { Accepted = reason };
        }

        return With(entries.Values);
    }

    /// <summary>What an audit learned.</summary>
    internal static LearnedTraffic Of(TrafficLedger ledger, ImmutableArray<PeriodicPair> periodic, SiteFile site,
        ImmutableArray<string> catalogs, ObservationSummary observation)
    {
        var absences = new Absences(site, observation);
        return new LearnedTraffic
        {
            Site = site.Name,
            SiteSha256 = site.Sha256,
            Catalogs = [.. catalogs.Order(StringComparer.Ordinal)],
            TimestampDigits = observation.Captures.Select(capture => capture.TimestampDigits).DefaultIfEmpty().Max(),
            Watched = Joined(Absences.Union(observation.Points.SelectMany(point => SpansOf(point, absences)))),
            Entries = ledger.Entries(periodic),
            HasMoreEntries = ledger.HasMoreServices,
            HasMorePairs = ledger.HasMorePairs,
        };
    }

    /// <summary>When a point watched: from its first packet to its last without its absences.</summary>
    private static IEnumerable<CaptureGap> SpansOf(PointSummary point, Absences absences)
    {
        if (point is not { FirstNs: { } from, LastNs: { } last })
            yield break;
        foreach (var absence in absences.Of(point.Name))
        {
            if (absence.FromNs > last)
                break;
            if (absence.FromNs >= from)
                yield return new CaptureGap(from, absence.FromNs);
            from = Math.Max(from, absence.ToNs);
        }

        if (from <= last)
            yield return new CaptureGap(from, last);
    }

    private static ImmutableArray<CaptureGap> Joined(ImmutableArray<CaptureGap> spans)
    {
        if (spans.Length <= MaximumSpans)
            return spans;
        var widest = spans.Skip(1).Select((span, index) => (Gap: span.FromNs - spans[index].ToNs, Index: index + 1))
            .OrderByDescending(gap => gap.Gap).Take(MaximumSpans - 1).Select(gap => gap.Index).Order().ToList();
        ImmutableArray<int> starts = [0, .. widest, spans.Length];
        return [.. starts.SkipLast(1).Select((start, index) =>
            new CaptureGap(spans[start].FromNs, spans[starts[index + 1] - 1].ToNs))];
    }

    private static long LengthOf(ImmutableArray<CaptureGap> spans) => (long)Int128.Min(long.MaxValue,
        spans.Aggregate(Int128.Zero, (sum, span) => sum + span.ToNs - span.FromNs));

    private static long HourOf(long ns) => (ns / NanosecondsPerHour) - (ns % NanosecondsPerHour < 0 ? 1 : 0);

    /// <summary>Hours up to one, counted from the epoch, that are a given hour of their day.</summary>
    private static long CountOf(long last, int hour) =>
        (long)Math.Floor((last - hour) / (double)LearnedEntry.HoursPerDay) + 1;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
