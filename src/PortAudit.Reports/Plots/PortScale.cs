using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Timelines;

namespace PortAudit.Reports.Plots;

/// <summary>Position of a port on the vertical axis. A few ports get a row each, as 53 and 443 coincide on an axis of
/// 65,536; many close ones a plain axis; others a section for each range of RFC 6335 §6 that occurs.</summary>
internal sealed class PortScale
{
    /// <summary>Ports that get a row each at most.</summary>
    private const int MaximumRows = 12;

    /// <summary>Ports from the lowest to the highest that a plain axis shows.</summary>
    private const int PlainSpan = 4096;

    /// <summary>Rows that a plain section takes the room of.</summary>
    private const int PlainRows = 5;

    /// <summary>Height of a row at least, in pixels: its label is as high.</summary>
    private const double LeastRow = 12;

    /// <summary>Pixels beyond the first and the last port of a plain section, so that dots stand whole.</summary>
    private const double Margin = 10;

    private const int LeastSteps = 2;
    private const int Steps = 5;

    private static readonly ImmutableArray<PortRange> Sections = [new(0, 1023), new(1024, 49151), new(49152, 65535)];

    private static readonly ImmutableArray<int> RoundSteps =
        [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];

    // A section of the axis: ports from First to Last between two heights, in pixels from the bottom up.
    private readonly ImmutableArray<(PortRange Ports, double Low, double High)> _sections;

    private PortScale(ImmutableArray<(PortRange Ports, double Low, double High)> sections,
        ImmutableArray<PlotTick> ticks) => (_sections, Ticks) = (sections, ticks);

    /// <summary>The marks, from the bottom up.</summary>
    public ImmutableArray<PlotTick> Ticks { get; }

    /// <summary>Rows that the ports of some dots take when each has its own.</summary>
    public static int RowsOf(ImmutableArray<PortDot> dots) => Rows(dots).Count;

    /// <summary>The axis for some dots.</summary>
    /// <param name="dots">The dots, at least one.</param>
    /// <param name="top">Where the axis ends, in pixels.</param>
    /// <param name="bottom">Where it begins.</param>
    public static PortScale Of(ImmutableArray<PortDot> dots, double top, double bottom)
    {
        var parts = PartsOf(Rows(dots), bottom - top);
        var row = (bottom - top) / parts.Sum(part => part.Height);
        var sections = ImmutableArray.CreateBuilder<(PortRange Ports, double Low, double High)>();
        var ticks = ImmutableArray.CreateBuilder<PlotTick>();
        var y = bottom;
        foreach (var part in parts)
        {
            foreach (var ports in part.Rows)
            {
                sections.Add((ports, y, y - row));
                ticks.Add(new PlotTick(y - (row / 2), ports.ToString()));
                y -= row;
            }

            if (!part.Rows.IsEmpty)
                continue;
            var margin = Math.Min(row / 2, Margin);
            var (low, high) = (y - margin, y - (PlainRows * row) + margin);
            sections.Add((part.Ports, low, high));
            ticks.AddRange(TicksOf(part.Ports, low, high, withLast: part == parts[^1]));
            y -= PlainRows * row;
        }

        return new PortScale(sections.ToImmutable(), ticks.ToImmutable());
    }

    /// <summary>Where a port stands; one between rows stands at the row above.</summary>
    public double Y(int port)
    {
        foreach (var (ports, low, high) in _sections)
        {
            if (port <= ports.Last)
                return port <= ports.First || ports.IsSingle
                    ? (ports.IsSingle ? (low + high) / 2 : low)
                    : low + ((high - low) * (port - ports.First) / (ports.Last - ports.First));
        }

        return _sections[^1].High;
    }

    /// <summary>The upright stretch that a range of ports takes, top first; null when the axis shows none of
    /// it.</summary>
    public (double Top, double Bottom)? Band(PortRange range)
    {
        (double Top, double Bottom)? band = null;
        foreach (var (ports, low, high) in _sections)
        {
            if (range.First > ports.Last || range.Last < ports.First)
                continue;
            var from = range.First <= ports.First || ports.IsSingle ? low : Y(range.First);
            var to = range.Last >= ports.Last || ports.IsSingle ? high : Y(range.Last);
            band = band is { } there ? (Math.Min(there.Top, to), Math.Max(there.Bottom, from)) : (to, from);
        }

        return band;
    }

    /// <summary>The ports of dots, those joined that a dot joins.</summary>
    private static List<PortRange> Rows(ImmutableArray<PortDot> dots)
    {
        var rows = new List<PortRange>();
        foreach (var dot in dots.OrderBy(dot => dot.FirstPort).ThenBy(dot => dot.LastPort))
        {
            if (rows.Count > 0 && dot.FirstPort <= rows[^1].Last)
                rows[^1] = new PortRange(rows[^1].First, Math.Max(rows[^1].Last, dot.LastPort));
            else
                rows.Add(new PortRange(dot.FirstPort, dot.LastPort));
        }

        return rows;
    }

    private static ImmutableArray<Part> PartsOf(List<PortRange> rows, double height)
    {
        var all = new PortRange(rows[0].First, rows[^1].Last);
        if (rows.Count <= MaximumRows)
            return [new Part(all, [.. rows])];
        if (all.Size <= PlainSpan)
            return [new Part(all, [])];
        List<Part> parts = [.. Sections.Select(section => PartOf(section, rows)).OfType<Part>()];
        while (parts.Sum(part => part.Height) * LeastRow > height
            && parts.MaxBy(part => part.Rows.Length) is { Rows.Length: > PlainRows } longest)
            parts[parts.IndexOf(longest)] = longest with { Rows = [] };
        return [.. parts];
    }

    /// <summary>What of some rows lies in a section; null for nothing. A row that reaches beyond it leaves it
    /// plain.</summary>
    private static Part? PartOf(PortRange section, List<PortRange> rows)
    {
        var within = rows.Where(row => row.First <= section.Last && row.Last >= section.First).ToImmutableArray();
        if (within.IsEmpty)
            return null;
        var areRows = within.Length <= MaximumRows
            && within[0].First >= section.First && within[^1].Last <= section.Last;
        return new Part(section, areRows ? within : []);
    }

    /// <summary>The first port of a section, round ones that are not too close to it, and its last where nothing
    /// follows.</summary>
    private static IEnumerable<PlotTick> TicksOf(PortRange section, double low, double high, bool withLast)
    {
        var steps = Math.Clamp((int)((low - high) / LeastRow) - 1, LeastSteps, Steps);
        var step = RoundSteps.First(step => section.Size / step <= steps);
        var ports = Enumerable.Range(1, Steps + 1).Select(index => ((section.First / step) + index) * step)
            .Where(port => port - section.First > step / 2 && section.Last - port > step / 2);
        return ports.Prepend(section.First).Concat(withLast && section.Size > 1 ? [section.Last] : [])
            .Select(port => new PlotTick(low + ((high - low) * (port - section.First) / Math.Max(1,
                section.Last - section.First)), port.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>A part of the axis.</summary>
    /// <param name="Ports">What it reaches over.</param>
    /// <param name="Rows">Its rows, from the bottom up; none where it is plain.</param>
    private sealed record Part(PortRange Ports, ImmutableArray<PortRange> Rows)
    {
        public int Height => Rows.IsEmpty ? PlainRows : Rows.Length;
    }
}
