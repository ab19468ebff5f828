using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Capture;

/// <summary>Merges the packets of several captures in time order. Opens a capture when its first packet is due and
/// closes it at its end, so that of many rotated files few are open at once. Keeps the order within a capture; for
/// equal times the earlier member comes first.</summary>
internal sealed class CaptureMerge : IDisposable
{
    /// <summary>Captures opened with decompression on another thread while others are open: each takes a thread and
    /// memory.</summary>
    private const int MaximumAhead = 4;

    private static readonly Position NoOther = new(long.MaxValue, int.MaxValue);

    private readonly CaptureSet _captures;
    private readonly ReadingPosition? _position;
    private readonly bool _mayReadAhead;
    private readonly CaptureEnd?[] _endings;
    private readonly string[] _formats;
    private readonly CaptureAnnotations[] _annotations;
    private readonly PriorityQueue<OpenCapture, Position> _waiting = new();
    private readonly List<SelectedSource> _selected = [];
    private OpenCapture? _current;
    private int _opened;

    /// <summary>Next packet of the other captures; constant while one capture is read.</summary>
    private Position _earliestOther;

    public CaptureMerge(CaptureSet captures, ReadingPosition? position = null, bool mayReadAhead = false)
    {
        _mayReadAhead = mayReadAhead;
        _captures = captures;
        _position = position;
        _endings = new CaptureEnd?[captures.Members.Length];
        _formats = new string[captures.Members.Length];
        Array.Fill(_formats, "");
        _annotations = new CaptureAnnotations[captures.Members.Length];
        Array.Fill(_annotations, CaptureAnnotations.None);
        if (captures.Live is { } live)
            (_current, _opened, _earliestOther) = (new OpenCapture(0, live), 1, NoOther);
    }

    /// <summary>The source of the last packet.</summary>
    public ICaptureSource Source => _current!.Source;

    /// <summary>Index of the capture of the last packet.</summary>
    public int Capture => _current!.Index;

    /// <summary>How reading of a capture ended; null before.</summary>
    public CaptureEnd? EndingOf(int capture) => _endings[capture];

    /// <summary>Name of a capture's format.</summary>
    public string FormatOf(int capture) => LiveAt(capture)?.Format ?? _formats[capture];

    /// <summary>Annotations of a capture; for a file, available after reading.</summary>
    public CaptureAnnotations AnnotationsOf(int capture) => LiveAt(capture)?.Annotations ?? _annotations[capture];

    /// <summary>Moves to the next packet; on live captures waits for it at most <paramref name="patienceMs"/>
    /// milliseconds.</summary>
    public CaptureRead Read(int patienceMs, out CapturedPacket packet)
    {
        if (_captures.Live is not { } live || _current is null)
            return TryRead(out packet) ? CaptureRead.Packet : CaptureRead.Ended;
        var read = live.Read(patienceMs, out packet);
        if (read == CaptureRead.Ended)
        {
            Close(_current);
            _current = null;
        }

        return read;
    }

    /// <summary>Moves to the next packet of all captures. False when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(out CapturedPacket packet)
    {
        if (_current is { } current && current.Source.TryRead(out packet))
            return packet.TimestampNs < _earliestOther.TimestampNs || TryReadOther(hasPacket: true, ref packet);
        packet = default;
        return TryReadOther(hasPacket: false, ref packet);
    }

    /// <summary>The same where another capture may be next.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadOther(bool hasPacket, ref CapturedPacket packet)
    {
        if (_current is { } current)
        {
            if (!hasPacket)
                Close(current);
            else if (packet.TimestampNs == _earliestOther.TimestampNs && current.Index < _earliestOther.Capture)
                return true;
            else
                _waiting.Enqueue(current, new Position(packet.TimestampNs, current.Index));
        }

        if (!TrySelect())
        {
            packet = default;
            return false;
        }

        packet = _current.Source.Current;
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _current?.Source.Dispose();
        while (_waiting.TryDequeue(out var capture, out _))
            capture.Source.Dispose();
        _captures.LeftOut = _selected.Aggregate(default(PacketsLeftOut), (sum, source) => sum + source.LeftOut);
    }

    [MemberNotNullWhen(true, nameof(_current))]
    private bool TrySelect()
    {
        _current = null;
        while (true)
        {
            var next = NextUnopened();
            if (_waiting.TryPeek(out _, out var earliest) && earliest.CompareTo(next) < 0)
            {
                _current = _waiting.Dequeue();
                _earliestOther = _waiting.TryPeek(out _, out var other) && other.CompareTo(next) < 0 ? other : next;
                return true;
            }

            if (_opened == _captures.Members.Length)
                return false;
            Open(_opened++);
        }
    }

    private ILiveSource? LiveAt(int capture) => _current?.Index == capture ? _captures.Live : null;

    private Position NextUnopened() =>
        _opened == _captures.Members.Length
            ? NoOther
            : new Position(_captures.Members[_opened].FirstNs ?? long.MaxValue, _opened);

    private void Open(int index)
    {
        var member = _captures.Members[index];
        try
        {
            var source = member.Opened
                ?? CaptureFile.Open(member.Path, _position, _mayReadAhead && _waiting.Count < MaximumAhead);
            var selected = _captures.Selection.IsAll ? null : Select(source);
            var capture = new OpenCapture(index, selected ?? source);
            var hasPacket = member.IsBegun
                ? member.FirstNs is not null && selected?.TryBegin() != false
                : capture.Source.TryRead(out _);
            if (hasPacket)
                _waiting.Enqueue(capture, new Position(capture.Source.Current.TimestampNs, index));
            else
                Close(capture);
        }
        catch (CaptureFormatException problem)
        {
            _endings[index] = new CaptureEnd(CaptureEndKind.Unreadable, problem.Offset, problem.Reason);
        }
    }

    private SelectedSource Select(ICaptureSource source)
    {
        var selected = new SelectedSource(source, _captures.Selection);
        _selected.Add(selected);
        return selected;
    }

    private void Close(OpenCapture capture)
    {
        _endings[capture.Index] = capture.Source.Ending;
        _formats[capture.Index] = capture.Source.Format;
        _annotations[capture.Index] = capture.Source.Annotations;
        capture.Source.Dispose();
    }

    /// <summary>Position of a capture in the merged stream. (A named type, unlike a tuple, is precompiled together with
    /// its queue.)</summary>
    private readonly record struct Position(long TimestampNs, int Capture) : IComparable<Position>
    {
        public int CompareTo(Position other) => TimestampNs != other.TimestampNs
            ? TimestampNs.CompareTo(other.TimestampNs)
            : Capture.CompareTo(other.Capture);
    }

    private sealed record OpenCapture(int Index, ICaptureSource Source);
}
