using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>One direction of a <see cref="StreamLedger"/>: counts, and the holes in what was seen.</summary>
internal struct StreamSide
{
    /// <summary>
    /// Holes kept in a direction; segments that fill them come within a round trip. Beyond it the lowest is closed
    /// and counted.
    /// </summary>
    public const int MaximumHoles = 8;

    /// <summary>Segments whose payload was sent again.</summary>
    public long Retransmissions;

    /// <summary>Segments that others overtook.</summary>
    public long OutOfOrder;

    /// <summary>Keep-alive segments.</summary>
    public long KeepAlives;

    /// <summary>Probes of a closed window.</summary>
    public long WindowProbes;

    /// <summary>Segments that began beyond all that was seen.</summary>
    public long Jumps;

    private Holes _holes;
    private int _count;
    private uint _acknowledged;
    private bool _hasAcknowledged;
    private long _closedGaps;
    private long _closedGapBytes;

    /// <summary>True while something is missing.</summary>
    public readonly bool HasHoles => _count > 0;

    /// <summary>Holes that were closed early because there were too many.</summary>
    public long HolesClosedEarly { get; private set; }

    /// <summary>All that is known: ranges that were acknowledged and are still missing are gaps.</summary>
    public readonly StreamCounters ToCounters()
    {
        var (gaps, bytes) = (_closedGaps, _closedGapBytes);
        for (var i = 0; i < _count; i++)
            AddGap(_holes[i], ref gaps, ref bytes);
        return new StreamCounters(Retransmissions, OutOfOrder, KeepAlives, WindowProbes, Jumps, gaps, bytes);
    }

    /// <summary>Notes that the sequence numbers from <paramref name="start"/> up to <paramref name="end"/> were
    /// skipped.</summary>
    /// <param name="start">The first that is missing.</param>
    /// <param name="end">The one after the last.</param>
    /// <param name="sinceNs">When that was noticed.</param>
    public void Open(uint start, uint end, long sinceNs)
    {
        if (_count == MaximumHoles)
            CloseLowest();
        _holes[_count++] = new Hole(start, end, sinceNs);
    }

    /// <summary>Takes a range out of the holes. False when nothing of it was missing.</summary>
    /// <param name="start">The first sequence number of the range.</param>
    /// <param name="end">The one after its last.</param>
    /// <param name="sinceNs">When the first hole that it touches was noticed.</param>
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

    /// <summary>Notes that the other side has received all before a sequence number.</summary>
    public void Acknowledge(uint before)
    {
        if (_hasAcknowledged && !Precedes(_acknowledged, before))
            return;
        _acknowledged = before;
        _hasAcknowledged = true;
    }

    /// <summary>Forgets what is missing, when the numbers begin again.</summary>
    public void BeginAnew()
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
