using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Timelines;

/// <summary>
/// Which responder ports flows went to, and when: a dot for each port, stretch of time and verdict. When there are more
/// dots than the limit, stretches of time and of ports are widened in turn, so that a scan of every port shows as the
/// band that it is. How wide they become depends on what was added, not on the order.
/// </summary>
internal sealed class PortCloud : IArchived
{
    /// <summary>Dots at most: more would be one blot, and each is an element of the report.</summary>
    public const int MaximumDots = 1_500;

    /// <summary>Ports are joined in twos, fours … up to this power: 4,096.</summary>
    private const int MaximumPortBits = 12;

    private Dictionary<(long Bucket, int Band, Verdict Verdict), Dot> _dots = [];
    private int _step;

    private static int MaximumStep => 2 * Math.Max(TimeGrid.CoarsestLevel, MaximumPortBits);

    private int TimeLevel => Math.Min((_step + 1) / 2, TimeGrid.CoarsestLevel);

    private int PortBits => Math.Min(_step / 2, MaximumPortBits);

    public void Add(FlowRecord flow, Verdict verdict)
    {
        var dot = new Dot(1, flow.Announcement is null ? 0 : 1, flow.Responder.Port, flow.Responder.Port);
        AddTo((TimeGrid.BucketOf(flow.StartNs, TimeLevel), flow.Responder.Port >> PortBits, verdict), dot);
        Settle();
    }

    /// <summary>Adds <paramref name="other"/>, which is not changed.</summary>
    /// <param name="other">Another cloud.</param>
    /// <param name="verdict">The verdict that its flows get; null to keep their own.</param>
    public void UnionWith(PortCloud other, Verdict? verdict)
    {
        if (_step < other._step)
            WidenTo(other._step);
        foreach (var (cell, dot) in other._dots)
            AddTo(Wider(cell, other.TimeLevel, other.PortBits) with { Verdict = verdict ?? cell.Verdict }, dot);
        Settle();
    }

    public void Persist(StateArchive archive)
    {
        _step = archive.Index(_step, MaximumStep);
        archive.Map(
            _dots,
            static (archive, cell) =>
                (archive.Number(cell.Bucket), archive.Index(cell.Band, ushort.MaxValue), archive.Word(cell.Verdict)),
            static (archive, _, dot) => new Dot(archive.Number(dot.Flows), archive.Number(dot.Announced),
                archive.Port(dot.FirstPort), archive.Port(dot.LastPort)));
    }

    /// <summary>The dots as a report shows them, by time, port and verdict.</summary>
    public PortPlot ToPlot() => new(
        TimeGrid.WidthNs(TimeLevel),
        [
            .. _dots.OrderBy(entry => entry.Key)
                .Select(entry => new PortDot(entry.Key.Bucket * TimeGrid.WidthNs(TimeLevel), entry.Value.FirstPort,
                    entry.Value.LastPort, entry.Key.Verdict, entry.Value.Flows, entry.Value.Announced)),
        ]);

    private void AddTo((long Bucket, int Band, Verdict Verdict) cell, Dot dot) =>
        _dots[cell] = _dots.TryGetValue(cell, out var there)
            ? new Dot(there.Flows + dot.Flows, there.Announced + dot.Announced,
                Math.Min(there.FirstPort, dot.FirstPort), Math.Max(there.LastPort, dot.LastPort))
            : dot;

    private void Settle()
    {
        while (_dots.Count > MaximumDots && (TimeLevel < TimeGrid.CoarsestLevel || PortBits < MaximumPortBits))
            WidenTo(_step + 1);
    }

    private void WidenTo(int step)
    {
        var (narrow, level, bits) = (_dots, TimeLevel, PortBits);
        (_dots, _step) = ([], step);
        foreach (var (cell, dot) in narrow)
            AddTo(Wider(cell, level, bits), dot);
    }

    private (long Bucket, int Band, Verdict Verdict) Wider((long Bucket, int Band, Verdict Verdict) cell,
        int fromLevel, int fromBits) =>
        (TimeGrid.Coarser(cell.Bucket, fromLevel, TimeLevel), cell.Band >> (PortBits - fromBits), cell.Verdict);

    private readonly record struct Dot(long Flows, long Announced, ushort FirstPort, ushort LastPort);
}

/// <summary>Responder ports over time.</summary>
/// <param name="WidthNs">The stretch of time of every dot, in nanoseconds.</param>
/// <param name="Dots">The dots, by time, port and verdict.</param>
public sealed record PortPlot(long WidthNs, ImmutableArray<PortDot> Dots);

/// <summary>Flows of one verdict that began in one stretch of time and went to one port, or to ports close to each
/// other.</summary>
/// <param name="StartNs">Begin of the stretch, in nanoseconds since the Unix epoch.</param>
/// <param name="FirstPort">The lowest responder port.</param>
/// <param name="LastPort">The highest.</param>
/// <param name="Verdict">Their verdict.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="Announced">Flows among them whose port was announced.</param>
public sealed record PortDot(long StartNs, ushort FirstPort, ushort LastPort, Verdict Verdict, long Flows,
    long Announced);
