using System.Buffers;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Fragments;

/// <summary>Reassembles fragmented datagrams, within limits of number, bytes and time, and assigns every fragment to
/// its conversation as soon as the one with the ports has come.</summary>
internal sealed class FragmentTable
{
    /// <summary>Incomplete datagrams; beyond it the oldest is evicted.</summary>
    public const int MaximumDatagrams = 4096;

    /// <summary>Bytes of all incomplete datagrams.</summary>
    public const long MaximumBytes = 16 * 1024 * 1024;

    /// <summary>Reassembly timeout in nanoseconds of capture time: between the 15 s of RFC 791 §3.2 and the 60 s of RFC
    /// 8200 §4.5. The number may be reused after that.</summary>
    public const long TimeoutNs = 30_000_000_000;

    private readonly Dictionary<FragmentKey, Datagram> _datagrams = [];
    private readonly LinkedList<Datagram> _byAge = new();
    private readonly Stack<Datagram> _free = new();
    private readonly Stack<byte[]> _lent = new();
    private long _bytes;
    private long _reassembled;
    private long _incomplete;
    private long _overlapping;
    private long _evicted;
    private long _unassigned;

    /// <summary>Counts so far; pending datagrams count as incomplete.</summary>
    public FragmentCounts Counts
    {
        get
        {
            var (incomplete, unassigned) = (_incomplete, _unassigned);
            foreach (var (_, datagram) in _datagrams)
            {
                incomplete += datagram.IsDone ? 0 : 1;
                unassigned += datagram.Earlier.Packets + datagram.EarlierCopies.Packets;
            }

            return new FragmentCounts(_reassembled, incomplete, _overlapping, _evicted, unassigned);
        }
    }

    /// <summary>Releases the data returned by <see cref="TryTakeWhole"/>, for the next frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeginFrame()
    {
        if (_lent.Count > 0)
            TakeBack();
    }

    private void TakeBack()
    {
        while (_lent.TryPop(out var buffer))
            ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>True when a datagram is so old that its number may be reused, or so far in the future that a timestamp
    /// is wrong.</summary>
    public static bool IsExpired(Datagram datagram, long timestampNs) =>
        timestampNs - datagram.FirstNs is < -TimeoutNs or > TimeoutNs;

    /// <summary>The datagram of a duplicate fragment; null when dropped.</summary>
    public Datagram? Find(in DecodedPacket packet, ushort point, long timestampNs) =>
        _datagrams.TryGetValue(FragmentKey.Of(packet, point), out var known) && !IsExpired(known, timestampNs)
            ? known
            : null;

    /// <summary>Adds a fragment, whose data is in <paramref name="frame"/>.</summary>
    public Datagram Add(in DecodedPacket packet, ReadOnlySpan<byte> frame, ushort point, long timestampNs)
    {
        var fragment = packet.Fragment;
        EndExpired(timestampNs);
        var datagram = FindOrBegin(packet, point, timestampNs);
        var wasDone = datagram.IsDone;
        _bytes -= datagram.BufferLength;
        datagram.Add(fragment, packet.TimeToLive, frame.Slice(fragment.Offset, fragment.Length), timestampNs);
        _bytes += datagram.BufferLength;
        if (datagram.Overlaps && !wasDone)
            _overlapping++;
        if (datagram.IsDone && !datagram.IsWhole)
            ReleaseBuffer(datagram);
        while (_bytes > MaximumBytes && OldestBut(datagram) is { } oldest)
            Evict(oldest);
        return datagram;
    }

    /// <summary>Returns the data of a datagram that has just become complete, valid until
    /// <see cref="BeginFrame"/>.</summary>
    public bool TryTakeWhole(Datagram datagram, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (!datagram.IsWhole)
            return false;
        _bytes -= datagram.BufferLength;
        var buffer = datagram.TakeBuffer()!;
        _lent.Push(buffer);
        _reassembled++;
        data = buffer.AsSpan(0, datagram.WholeLength);
        return true;
    }

    private Datagram FindOrBegin(in DecodedPacket packet, ushort point, long timestampNs)
    {
        var key = FragmentKey.Of(packet, point);
        if (_datagrams.TryGetValue(key, out var known))
        {
            if (known.Takes(packet.Fragment.Position == 0, timestampNs))
                return known;
            End(known);
        }

        if (_datagrams.Count >= MaximumDatagrams)
            Evict(_byAge.First!.Value);
        var datagram = _free.TryPop(out var free) ? free : new Datagram();
        datagram.Begin(key, packet.TimeToLive, timestampNs);
        _datagrams.Add(key, datagram);
        _byAge.AddLast(datagram.Node);
        return datagram;
    }

    private void EndExpired(long timestampNs)
    {
        while (_byAge.First is { } oldest && IsExpired(oldest.Value, timestampNs))
            End(oldest.Value);
    }

    private Datagram? OldestBut(Datagram kept) =>
        (_byAge.First!.Value == kept ? _byAge.First.Next : _byAge.First)?.Value;

    private void Evict(Datagram datagram)
    {
        if (!datagram.IsDone)
            _evicted++;
        End(datagram);
    }

    private void End(Datagram datagram)
    {
        if (!datagram.IsDone)
            _incomplete++;
        _unassigned += datagram.Earlier.Packets + datagram.EarlierCopies.Packets;
        ReleaseBuffer(datagram);
        _datagrams.Remove(datagram.Key);
        _byAge.Remove(datagram.Node);
        _free.Push(datagram);
    }

    private void ReleaseBuffer(Datagram datagram)
    {
        _bytes -= datagram.BufferLength;
        if (datagram.TakeBuffer() is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
