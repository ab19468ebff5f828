using System.Collections.Immutable;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Passages;

/// <summary>What two capture points cannot show about the device between them.</summary>
internal static class PassageNotes
{
    public static ImmutableArray<string> Of(PointSummary first, IReadOnlyCollection<FlowRecord> firstFlows,
        PointSummary second, IReadOnlyCollection<FlowRecord> secondFlows, PairedFlows paired, PointClock clock)
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        foreach (var (point, flows) in new[] { (first, firstFlows), (second, secondFlows) })
        {
            if (flows.Count == 0)
                notes.Add($"{point.Name} recorded no connection: nothing can be compared.");
            else if (IsOneWay(flows))
                notes.Add($"{point.Name} recorded one direction only: whether answers passed is not known.");
            if (point.CutPackets > 0 && paired.Pairs.Count < Math.Min(firstFlows.Count, secondFlows.Count))
                notes.Add($"{point.Name} recorded {Quantity.Of(point.CutPackets, "packet")} in part (snap length): "
                    + "payloads that are cut cannot be compared.");
        }

        if (firstFlows.Count == 0 || secondFlows.Count == 0)
            return notes.ToImmutable();
        if (paired.Pairs.Count == 0)
            notes.Add(DoOverlap(first, second)
                ? "No connection was recorded at both points: they are not on the same path, or a proxy between "
                    + "them changes all content."
                : "The points captured at different times, and no connection is in both captures.");
        else if (AreTheSame(paired, clock))
            notes.Add("Both points recorded the same packets at the same times: this is one capture, given twice, or "
                + "two from one point.");
        notes.AddRange(ClockNotes(paired, clock));
        return notes.ToImmutable();
    }

    private static IEnumerable<string> ClockNotes(PairedFlows paired, PointClock clock)
    {
        if (paired.Pairs.Count > 0 && clock.Fit is ClockFit.None or ClockFit.OneBound)
            yield return "Packets of both directions are needed to compare the clocks: delays are not known.";
        if (clock.At(clock.Windows is [var window, ..] ? window.FromNs : 0) is { } known
            && Math.Abs(known.OffsetNs) > 60_000_000_000)
            yield return $"The clocks differ by {Duration.InSentence(Math.Abs(known.OffsetNs))}.";
    }

    private static bool IsOneWay(IReadOnlyCollection<FlowRecord> flows) =>
        flows.All(flow => flow.Out.Packets == 0 || flow.In.Packets == 0);

    private static bool DoOverlap(PointSummary first, PointSummary second) =>
        first.FirstNs <= second.LastNs && second.FirstNs <= first.LastNs;

    private static bool AreTheSame(PairedFlows paired, PointClock clock) =>
        paired is { FirstOnly: [], SecondOnly: [] } && clock is { Fit: ClockFit.Constant, Windows: [var window] }
        && window.LowestNs == 0 && window.HighestNs == 0
        && paired.Pairs.All(pair => pair.First.StartNs == pair.Second.StartNs
            && pair.First.Out == pair.Second.Out && pair.First.In == pair.Second.In);
}
