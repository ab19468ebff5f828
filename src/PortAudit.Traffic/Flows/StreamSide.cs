using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>One direction of a <see cref="StreamLedger"/>: counters, and open gaps.</summary>
internal struct StreamSide
{
    /// <summary>Open gaps kept per direction. Beyond it the lowest is closed and counted.</summary>
    public const int MaximumHoles = 8;

    /// <summary>Retransmitted data segments.</summary>
    public long Retransmissions;

    /// <summary>Segments overtaken by others.</summary>
    public long OutOfOrder;

    public long KeepAlives;

    /// <summary>Zero-window probes.</summary>
    public long WindowProbes;

    /// <summary>Segments beyond the next expected sequence number.</summary>
    public long Jumps;

    private Holes _holes;
    private int _count;
    private uint _acknowledged;
    private bool _hasAcknowledged;
    private long _closedGaps;
    private long _closedGapBytes;

    public readonly bool HasHoles => _count > 0;

    /// <summary>Gaps closed early because there were too many.</summary>
    public long HolesClosedEarly { get; private set; }

    /// <summary>The counters; ranges acknowledged but still missing count as gaps.</summary>
    public readonly StreamCounters ToCounters()
    {
        var (gaps, bytes) = (_closedGaps, _closedGapBytes);
        for (var i = 0; i < _count; i++)
            AddGap(_holes[i], ref gaps, ref bytes);
        return new StreamCounters(Retransmissions, OutOfOrder, KeepAlives, WindowProbes, Jumps, gaps, bytes);
    }

    /// <summary>Opens a gap from <paramref name="start"/> up to, not including, <paramref name="end"/>.</summary>
    public void Open(uint start, uint end, long sinceNs)
    {
        if (_count == MaximumHoles)
            CloseLowest();
        _holes[_count++] = new Hole(start, end, sinceNs);
    }

    /// <summary>Fills a range. False when none of it was missing. <paramref name="sinceNs"/> is when the first gap that
    /// it touches was noticed.</summary>
    public bool Fill(uint start, uint end, out long sinceNs)
    {
        sinceNs = 0;
        var filled = false;
        for (var i = _count - 1; i >= 0; i--)
        {
            var hole = _holes[i];
            if (!Precedes(start, hole.End) || !Precedes(hole.Start, end))
                continue;
            sinceNs = filled ? Math.Min(sinceNs, hole.SinceNs) : hole.SinceNs;
            filled = true;
            _holes[i] = _holes[--_count];
            if (Precedes(hole.Start, start))
                Open(hole.Start, start, hole.SinceNs);
            if (Precedes(end, hole.End))
                Open(end, hole.End, hole.SinceNs);
        }

        return filled;
    }

    /// <summary>The other side has acknowledged everything before a sequence number.</summary>
    public void Acknowledge(uint before)
    {
        if (_hasAcknowledged && !Precedes(_acknowledged, before))
            return;
        _acknowledged = before;
        _hasAcknowledged = true;
    }

    /// <summary>Drops all gaps when sequence numbers start over.</summary>
    public void StartOver()
    {
        while (_count > 0)
            Close(--_count);
        _hasAcknowledged = false;
    }

    /// <summary>True when <paramref name="one"/> comes before <paramref name="other"/> (RFC 9293 §3.4: modulo
    /// 2^32).</summary>
    private static bool Precedes(uint one, uint other) => (int)(one - other) < 0;

    private void CloseLowest()
    {
        var lowest = 0;
        for (var i = 1; i < _count; i++)
        {
            if (Precedes(_holes[i].Start, _holes[lowest].Start))
                lowest = i;
        }

        HolesClosedEarly++;
        Close(lowest);
        _holes[lowest] = _holes[--_count];
    }

    private void Close(int index) => AddGap(_holes[index], ref _closedGaps, ref _closedGapBytes);

    private readonly void AddGap(Hole hole, ref long gaps, ref long bytes)
    {
        if (!_hasAcknowledged || !Precedes(hole.Start, _acknowledged))
            return;
        var end = Precedes(_acknowledged, hole.End) ? _acknowledged : hole.End;
        gaps++;
        bytes += end - hole.Start;
    }

    private readonly record struct Hole(uint Start, uint End, long SinceNs);

    [InlineArray(MaximumHoles)]
    private struct Holes
    {
        private Hole _first;
    }
}
