using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Reassembles fragmented stub data (C706 §12.6.3.4). Fragments of a call are in order; those of several calls
/// may be interleaved.</summary>
internal sealed class StubGathering
{
    /// <summary>Concurrent calls per connection; usually one, unless multiplexing was agreed. The oldest is
    /// dropped.</summary>
    public const int MaximumCalls = 4;

    /// <summary>Bytes of a call's stub data; an endpoint map of 500 entries has some 100,000.</summary>
    public const int MaximumLength = 256 * 1024;

    /// <summary>Initial buffer length, in bytes: two fragments as sent by Windows.</summary>
    private const int FirstLength = 16 * 1024;

    private readonly List<Part> _parts = [];
    private TrackerMemory? _memory;

    /// <summary>Adds a fragment. True when it completes the stub data, which is valid until the next call.</summary>
    public bool TryComplete(RpcCallKey call, bool isFirst, bool isLast, ReadOnlySpan<byte> fragment,
        AnnouncementNotes notes, out ReadOnlySpan<byte> stub)
    {
        var index = IndexOf(call);
        if (isFirst && index >= 0)
            Drop(index);
        if (isFirst && isLast)
        {
            stub = fragment;
            return true;
        }

        stub = default;
        if (isFirst)
            index = Begin(call, notes.Memory);
        if (index < 0)
            return false;
        var part = _parts[index];
        if (!TryAppend(part, fragment))
        {
            notes.Miss();
            Drop(index);
            return false;
        }

        if (!isLast)
            return false;
        stub = part.Buffer.AsSpan(0, part.Length);
        Drop(index);
        return true;
    }

    public void Clear()
    {
        while (_parts.Count > 0)
            Drop(_parts.Count - 1);
    }

    private int IndexOf(RpcCallKey call)
    {
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_parts[i].Call == call)
                return i;
        }

        return -1;
    }

    private int Begin(RpcCallKey call, TrackerMemory memory)
    {
        _memory = memory;
        if (_parts.Count == MaximumCalls)
            Drop(0);
        _parts.Add(new Part(call));
        return _parts.Count - 1;
    }

    private bool TryAppend(Part part, ReadOnlySpan<byte> fragment)
    {
        var needed = part.Length + fragment.Length;
        if (needed > MaximumLength)
            return false;
        if (needed > part.Buffer.Length)
        {
            var length = Math.Max(FirstLength, part.Buffer.Length);
            while (length < needed)
                length *= 2;
            if (!_memory!.TryTake(length - part.Buffer.Length))
                return false;
            Array.Resize(ref part.Buffer, length);
        }

        fragment.CopyTo(part.Buffer.AsSpan(part.Length));
        part.Length = needed;
        return true;
    }

    private void Drop(int index)
    {
        _memory!.Return(_parts[index].Buffer.Length);
        _parts.RemoveAt(index);
    }

    private sealed class Part(RpcCallKey call)
    {
        public readonly RpcCallKey Call = call;
        public byte[] Buffer = [];
        public int Length;
    }
}
