using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Segments;

namespace PortAudit.Audit.Trends;

/// <summary>What passed between segments, by day or week. A flow counts for the period of its start; its verdict is
/// that of the whole report, so the counts of all periods add up to those of <see cref="SegmentPair"/>.</summary>
/// <param name="By">The length of the periods.</param>
/// <param name="Periods">The periods in which a flow began, ascending; the latest where there are too many.</param>
/// <param name="Pairs">The pairs of segments, by names.</param>
/// <param name="HasMorePairs">True when there were more pairs than <see cref="MaximumPairs"/>.</param>
/// <param name="Earlier">Flows that began before <paramref name="Periods"/>.</param>
/// <param name="Changes">What is new, gone, grown or shrunk: what rules do not allow first.</param>
/// <param name="ChangesNotListed">Changes beyond <see cref="MaximumChanges"/>.</param>
/// <param name="Compared">True when a period was watched at the times of an earlier one: else nothing is called
/// new.</param>
/// <param name="Alike">Indexes of the periods that were watched at the same times, ascending: the latest that is like
/// at least two others, and these. Empty when there is none, and nothing is called grown, gone or shrunk. Capture
/// points may differ in it: that of the service with most.</param>
/// <param name="NotKnown">Words of services that came later than the first period: whether they are new is not known,
/// as no earlier period was watched at such times.</param>
public sealed record TrafficTrend(TrendPeriod By, ImmutableArray<TrendSpan> Periods, ImmutableArray<TrendPair> Pairs,
    bool HasMorePairs, long Earlier, ImmutableArray<TrendChange> Changes, int ChangesNotListed, bool Compared,
    ImmutableArray<int> Alike, int NotKnown)
{
    /// <summary>Periods that have to be alike for more than what is new.</summary>
    public static int FewestAlike => TrendRule.FewestEarlier + 1;

    /// <summary>The words in the order of a trend: what should not be first.</summary>
    public static readonly ImmutableArray<FlowWord> Words = [FlowWord.Escaped, FlowWord.Misdropped, FlowWord.Blocked,
        FlowWord.Unanswered, FlowWord.Permitted];

    /// <summary>Changes that are listed.</summary>
    public const int MaximumChanges = 200;

    /// <summary>Pairs of segments whose flows are counted by period, the first by name.</summary>
    public const int MaximumPairs = TrendLedger.MaximumPairs;
}

/// <summary>A period.</summary>
/// <param name="First">Its first day (UTC).</param>
/// <param name="Last">Its last day.</param>
/// <param name="WatchedMinutes">Minutes of it that the capture point watched that watched it longest.</param>
/// <param name="Counts">All flows that began in it, by word.</param>
public sealed record TrendSpan(DateOnly First, DateOnly Last, int WatchedMinutes, ImmutableArray<TrendCount> Counts);

/// <summary>Flows between two segments.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Counts">Its flows, by period and word.</param>
/// <param name="Services">Its services, in the order of <see cref="SegmentPair.Services"/>.</param>
public sealed record TrendPair(SegmentPair Pair, ImmutableArray<TrendCount> Counts,
    ImmutableArray<TrendService> Services);

/// <summary>Flows of a service between two segments.</summary>
/// <param name="Service">The service.</param>
/// <param name="Counts">Its flows, by period and word.</param>
public sealed record TrendService(SegmentService Service, ImmutableArray<TrendCount> Counts);

/// <summary>Flows of one word that began in one period.</summary>
/// <param name="Period">Index of the period; <see cref="Earlier"/> for the time before all of them.</param>
/// <param name="Word">The word; null where the rules say nothing of them.</param>
/// <param name="Flows">Their number, above zero.</param>
public readonly record struct TrendCount(int Period, FlowWord? Word, long Flows)
{
    /// <summary>Stands for the time before the periods.</summary>
    public const int Earlier = -1;
}

/// <summary>How flows of one word and service changed.</summary>
/// <param name="Kind">How.</param>
/// <param name="From">Segment of the originators.</param>
/// <param name="To">Segment of the responders.</param>
/// <param name="Service">The service.</param>
/// <param name="Word">The word.</param>
/// <param name="Period">The period with the first flow, of what is new; with the last flow, of what is gone; else the
/// first with more, or less.</param>
/// <param name="Flows">Flows since then; until then; else the fewest, or most, of a period since then.</param>
/// <param name="Compared">Periods that were watched at the same times of the day or week: those before
/// <paramref name="Period"/>, or of what is gone, those after it.</param>
/// <param name="ComparedMinutes">Minutes of these that were watched.</param>
/// <param name="Seen">Of what is gone, periods with it among those that can be compared until the last
/// flow.</param>
/// <param name="SeenOf">The number of those.</param>
/// <param name="Median">Median of the flows in the periods before; 0 for what is new.</param>
public sealed record TrendChange(TrendChangeKind Kind, string From, string To, SegmentService Service, FlowWord Word,
    int Period, long Flows, int Compared, long ComparedMinutes, int Seen, int SeenOf, double Median);

/// <summary>How traffic changed.</summary>
public enum TrendChangeKind
{
    /// <summary>Not seen before, though it was watched.</summary>
    New,

    /// <summary>More than before.</summary>
    Grown,

    /// <summary>Seen regularly, and no more, though it was watched.</summary>
    Gone,

    /// <summary>Less than before.</summary>
    Shrunk,
}

/// <summary>The names of <see cref="TrendChangeKind"/> in output.</summary>
public static class TrendChangeKindText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this TrendChangeKind kind) => kind switch
    {
        TrendChangeKind.New => "new",
        TrendChangeKind.Grown => "grown",
        TrendChangeKind.Gone => "gone",
        TrendChangeKind.Shrunk => "shrunk",
    };
}
