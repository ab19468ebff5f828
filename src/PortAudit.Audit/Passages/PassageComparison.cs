using System.Collections.Immutable;
using System.Runtime.InteropServices;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Passages;

/// <summary>Compares what two capture points recorded.</summary>
public static class PassageComparison
{
    /// <summary>The report about the device between two points.</summary>
    /// <param name="first">The first point.</param>
    /// <param name="firstFlows">Its flows, traced (<see cref="ObserverOptions.TraceFlows"/>).</param>
    /// <param name="second">The second point.</param>
    /// <param name="secondFlows">Its flows.</param>
    public static PassageReport Of(PointSummary first, IReadOnlyCollection<FlowRecord> firstFlows, PointSummary second,
        IReadOnlyCollection<FlowRecord> secondFlows)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(firstFlows);
        ArgumentNullException.ThrowIfNull(secondFlows);
        var paired = FlowPairing.Of(firstFlows, secondFlows);
        return Of(first, second, new PointPairing(first.Name, second.Name, paired, new PointSides(paired.Pairs)));
    }

    /// <summary>Reports with the connections of a selection alone; null for all. What they say of clocks and delays
    /// rests on all connections.</summary>
    internal static ImmutableArray<PassageReport> Narrow(ImmutableArray<PassageReport> reports,
        FlowSelection? selection) =>
        selection is null ? reports : [.. reports.Select(report => Narrow(report, selection))];

    private static PassageReport Narrow(PassageReport report, FlowSelection selection)
    {
        ImmutableArray<Passage> kept = [.. report.Passages.Where(passage => selection.Takes(passage.Flow)
            || (passage.Near is { } near && selection.Takes(near))
            || (passage.Far is { } far && selection.Takes(far)))];
        return report with
        {
            Passages = kept,
            Fates = FatesOf(kept),
            Translations = TranslationsOf(kept),
            Changes = ChangesOf(kept),
        };
    }

    /// <summary>The reports about devices between points that recorded the same connections, where flows were
    /// traced.</summary>
    internal static ImmutableArray<PassageReport> Of(ImmutableArray<PointPairing> pairings,
        ImmutableArray<PointSummary> points)
    {
        var neighbours = pairings.Where(pairing => !IsBetween(pairing, pairings)
            && pairing.Paired.Pairs.Any(pair => pair.First.Trace is not null));
        return [.. neighbours.Select(pairing => Of(points.Single(point => point.Name == pairing.First),
            points.Single(point => point.Name == pairing.Second), pairing))];
    }

    /// <summary>True when a third point, which stands between them in the order of points, recorded most of what both
    /// did: each of them is compared with that one.</summary>
    private static bool IsBetween(PointPairing pairing, ImmutableArray<PointPairing> pairings)
    {
        foreach (var middle in pairings.Where(other => other.First == pairing.First && other.Second != pairing.Second))
        {
            var passed = middle.Paired.Pairs.Select(pair => pair.First.Id).ToHashSet();
            var shared = pairing.Paired.Pairs.Count(pair => passed.Contains(pair.First.Id));
            if (2 * shared > pairing.Paired.Pairs.Count
                && pairings.Any(other => other.First == middle.Second && other.Second == pairing.Second))
                return true;
        }

        return false;
    }

    private static PassageReport Of(PointSummary first, PointSummary second, PointPairing pairing)
    {
        var (paired, sides) = (pairing.Paired, pairing.Sides);
        List<FlowRecord> firstFlows = [.. paired.Pairs.Select(pair => pair.First), .. paired.FirstOnly];
        List<FlowRecord> secondFlows = [.. paired.Pairs.Select(pair => pair.Second), .. paired.SecondOnly];
        var clock = ClockOf(paired.Pairs, sides);
        var firstView = new PointView(first.Name, firstFlows, first.Dropped);
        var secondView = new PointView(second.Name, secondFlows, second.Dropped);
        foreach (var pair in paired.Pairs)
        {
            firstView.NoteDirections(pair.First, sides.IsOriginatorFirst(pair));
            secondView.NoteDirections(pair.Second, sides.IsOriginatorFirst(pair));
        }

        var judge = new PassageJudge(firstView, secondView, sides, clock, new UsualHopLimits(paired.Pairs, sides));
        ImmutableArray<Passage> passages = [.. paired.Pairs.Select(judge.Of)
            .Concat(paired.FirstOnly.Select(flow => judge.Of(flow, isFirst: true)))
            .Concat(paired.SecondOnly.Select(flow => judge.Of(flow, isFirst: false)))
            .OrderBy(passage => passage.Flow, FlowOrder.ByStart)];
        var (delayOut, delayIn) = DelaysOf(paired.Pairs, sides, clock);
        return new PassageReport
        {
            First = first.Name,
            Second = second.Name,
            Clock = clock,
            Passages = passages,
            Fates = FatesOf(passages),
            Translations = TranslationsOf(passages),
            Changes = ChangesOf(passages),
            DelayOut = delayOut,
            DelayIn = delayIn,
            Notes = PassageNotes.Of(first, firstFlows, second, secondFlows, paired, clock),
        };
    }

    private static PointClock ClockOf(IReadOnlyList<FlowPair> pairs, PointSides sides)
    {
        var bounds = new ClockBounds();
        foreach (var pair in pairs)
        {
            var isFirst = sides.IsOriginatorFirst(pair);
            foreach (var difference in pair.Differences(isOut: true))
                bounds.Note(difference, isThere: isFirst);
            foreach (var difference in pair.Differences(isOut: false))
                bounds.Note(difference, isThere: !isFirst);
        }

        return bounds.ToClock();
    }

    private static (PassageDelay? Out, PassageDelay? In) DelaysOf(IReadOnlyList<FlowPair> pairs, PointSides sides,
        PointClock clock)
    {
        var (sent, answered) = (new DelayTally(), new DelayTally());
        foreach (var pair in pairs)
        {
            var sign = sides.IsOriginatorFirst(pair) ? 1 : -1;
            foreach (var difference in pair.Differences(isOut: true))
                sent.Note(difference, sign, clock);
            foreach (var difference in pair.Differences(isOut: false))
                answered.Note(difference, -sign, clock);
        }

        return (sent.ToDelay(), answered.ToDelay());
    }

    private static ImmutableArray<FateRow> FatesOf(ImmutableArray<Passage> passages) =>
        [.. passages.GroupBy(passage => (passage.Fate, passage.Flow.Transport))
            .OrderBy(group => group.Key.Fate).ThenBy(group => group.Key.Transport.Value)
            .Select(group => new FateRow(group.Key.Fate, group.Key.Transport.ToString(), group.Count(),
                group.Sum(passage => (long)passage.Flow.SynCount)))];

    private static ImmutableArray<TranslationRow> TranslationsOf(ImmutableArray<Passage> passages)
    {
        var sources = new Dictionary<(IpAddress, IpAddress), (int Connections, int KeptPort)>();
        var destinations = new Dictionary<(Endpoint, Endpoint), (int Connections, int KeptPort)>();
        foreach (var passage in passages)
        {
            if (passage is not { Near: { } near, Far: { } far, Fate: not Fate.Proxied })
                continue;
            if (near.Originator.Address != far.Originator.Address)
                Add(sources, (near.Originator.Address, far.Originator.Address),
                    near.Originator.Port == far.Originator.Port);
            if (near.Responder != far.Responder)
                Add(destinations, (near.Responder, far.Responder), near.Responder.Port == far.Responder.Port);
        }

        return [.. Rows(sources, true).Concat(Rows(destinations, false)).OrderByDescending(row => row.Connections)
            .ThenByDescending(row => row.IsSource).ThenBy(row => row.From, StringComparer.Ordinal)
            .ThenBy(row => row.To, StringComparer.Ordinal)];
    }

    private static IEnumerable<TranslationRow> Rows<T>(Dictionary<(T From, T To), (int Connections, int KeptPort)> rows,
        bool isSource)
        where T : struct => rows.Select(row => new TranslationRow(isSource, row.Key.From.ToString()!,
            row.Key.To.ToString()!, row.Value.Connections, row.Value.KeptPort));

    private static void Add<T>(Dictionary<T, (int Connections, int KeptPort)> rows, T key, bool keptPort)
        where T : struct
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, key, out _);
        row = (row.Connections + 1, row.KeptPort + (keptPort ? 1 : 0));
    }

    private static ImmutableArray<ChangeRow> ChangesOf(ImmutableArray<Passage> passages) =>
        [.. passages.SelectMany(passage => passage.Changes)
            .GroupBy(change => change)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Kind)
            .ThenByDescending(group => group.Key.IsOut).ThenBy(group => group.Key.From, StringComparer.Ordinal)
            .ThenBy(group => group.Key.To, StringComparer.Ordinal)
            .Select(group => new ChangeRow(group.Key, group.Count()))];
}
