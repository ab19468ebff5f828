using System.Buffers;
using System.Numerics;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Fragments;

/// <summary>A datagram under reassembly. Its buffer comes from the shared pool, so steady traffic allocates
/// nothing.</summary>
internal sealed class Datagram
{
    /// <summary>Largest IP packet data (RFC 791 §3.1; RFC 2675 jumbograms are never fragmented).</summary>
    public const int MaximumLength = 65_535;

    /// <summary>Fragments begin at multiples of eight bytes (RFC 791 §3.2).</summary>
    private const int Unit = 8;

    private const int BitsPerWord = 64;

    /// <summary>How long a complete datagram accepts copies of its fragments, in nanoseconds: 1 s. Copies are
    /// milliseconds late; busy senders reuse a number within seconds (RFC 4963 §2).</summary>
    private const long CopiesNs = 1_000_000_000;

    /// <summary>One bit for each unit received.</summary>
    private readonly ulong[] _units = new ulong[(MaximumLength / Unit / BitsPerWord) + 1];

    /// <summary>One bit for each unit at which a fragment began.</summary>
    private readonly ulong[] _starts = new ulong[(MaximumLength / Unit / BitsPerWord) + 1];

    /// <summary>One bit for each unit of a fragment with the first one's hop limit, kept or not.</summary>
    private readonly ulong[] _seen = new ulong[(MaximumLength / Unit / BitsPerWord) + 1];

    private byte[]? _buffer;
    private byte _hopLimit;
    private int _wholeLength;
    private int _unitsMissing;
    private bool _isCut;
    private long _doneNs;

    public Datagram() => Node = new LinkedListNode<Datagram>(this);

    /// <summary>Its node in a list by age.</summary>
    public LinkedListNode<Datagram> Node { get; }

    public FragmentKey Key { get; private set; }

    /// <summary>Time of the first fragment received.</summary>
    public long FirstNs { get; private set; }

    /// <summary>True when <see cref="SourcePort"/> and <see cref="DestinationPort"/> are known.</summary>
    public bool HasPorts { get; private set; }

    /// <summary>Source port, or type of ICMP.</summary>
    public ushort SourcePort { get; private set; }

    /// <summary>Destination port, or code of ICMP.</summary>
    public ushort DestinationPort { get; private set; }

    /// <summary>Protocol after all headers of the datagram; known with the ports.</summary>
    public IpProtocol Protocol { get; private set; }

    /// <summary>True when the flow has received its transport header: with the first fragment, unless that holds only
    /// part of it (RFC 1858 §3).</summary>
    public bool HasHeader { get; set; }

    /// <summary>Fragments received before the ports were known, without copies.</summary>
    public FragmentTally Earlier { get; set; }

    /// <summary>Copies of fragments received before the ports were known.</summary>
    public FragmentTally EarlierCopies { get; set; }

    /// <summary>True when the latest fragment contained new data.</summary>
    public bool TookLatest { get; private set; }

    /// <summary>Fragment bytes with new data counted as payload.</summary>
    public long PayloadBytes { get; set; }

    /// <summary>True when fragments overlap or are invalid: the receiver's choice of bytes is unknown, so none are
    /// used.</summary>
    public bool Overlaps { get; private set; }

    /// <summary>True when a fragment began inside another, which only attackers send (RFC 5722 §3, RFC 1858 §4). A
    /// reused number gives fragments with the same bounds, and fragments split again by a router have another hop
    /// limit.</summary>
    public bool IsTorn { get; private set; }

    /// <summary>True when it is complete, or no longer needed.</summary>
    public bool IsDone { get; private set; }

    public int BufferLength => _buffer?.Length ?? 0;

    /// <summary>True when all data is present and reliable.</summary>
    public bool IsWhole => _buffer is not null && !_isCut && !Overlaps && _wholeLength > 0 && _unitsMissing == 0;

    /// <summary>Length of the complete data, in bytes; valid when it <see cref="IsWhole"/>.</summary>
    public int WholeLength => _wholeLength;

    /// <summary>Restarts with another key.</summary>
    public void Begin(in FragmentKey key, byte hopLimit, long timestampNs)
    {
        (_hopLimit, IsTorn) = (hopLimit, false);
        Array.Clear(_starts);
        Array.Clear(_seen);
        Key = key;
        FirstNs = timestampNs;
        (HasPorts, SourcePort, DestinationPort, Protocol) = (false, 0, 0, default);
        (Earlier, EarlierCopies) = (default, default);
        (HasHeader, TookLatest, PayloadBytes) = (false, false, 0);
        (Overlaps, IsDone, _isCut) = (false, false, false);
        (_wholeLength, _unitsMissing, _doneNs) = (0, 0, 0);
        Array.Clear(_units);
    }

    /// <summary>True when a fragment with its key belongs to it; false when the number was reused.</summary>
    /// <param name="isFirst">True for a first fragment: after a finished datagram it begins another.</param>
    /// <param name="timestampNs">The fragment's time.</param>
    public bool Takes(bool isFirst, long timestampNs)
    {
        if (FragmentTable.IsExpired(this, timestampNs) || (IsDone && isFirst))
            return false;
        return !IsDone || Overlaps || timestampNs - _doneNs <= CopiesNs;
    }

    public void SetPorts(in DecodedPacket packet) =>
        (HasPorts, SourcePort, DestinationPort, Protocol) =
            (true, packet.SourcePort, packet.DestinationPort, packet.Protocol);

    /// <summary>Adds a fragment. An identical copy changes nothing. An invalid one (empty, not a multiple of eight with
    /// more following (RFC 791 §3.2, RFC 8200 §4.5), or beyond any datagram) is treated like an overlap.</summary>
    public void Add(in IpFragment fragment, byte hopLimit, ReadOnlySpan<byte> data, long timestampNs)
    {
        TookLatest = false;
        if (hopLimit == _hopLimit && fragment.WireLength > 0
            && fragment.WireLength <= MaximumLength - fragment.Position)
            NoteBounds(fragment);
        if (IsDone)
            return;
        if (fragment.WireLength == 0 || fragment.WireLength > MaximumLength - fragment.Position
            || (fragment.MoreFollow && fragment.WireLength % Unit != 0))
        {
            (Overlaps, IsDone) = (true, true);
            return;
        }

        var (first, end) = UnitsOf(fragment);
        var known = CountUnits(_units, first, end);
        if (known > 0)
        {
            Overlaps |= known < end - first || !IsRepeated(fragment, data);
            IsDone |= Overlaps;
            return;
        }

        if (!fragment.MoreFollow)
        {
            // Data beyond the end, or a second end.
            Overlaps |= _wholeLength > 0 || CountUnits(_units, end, _units.Length * BitsPerWord) > 0;
            _wholeLength = fragment.End;
        }
        else if (_wholeLength > 0 && fragment.End > _wholeLength)
        {
            Overlaps = true;
        }

        Mark(_units, first, end);
        Keep(fragment, data);
        TookLatest = true;
        _unitsMissing = _wholeLength == 0
            ? 0
            : ((_wholeLength + Unit - 1) / Unit) - CountUnits(_units, 0, (_wholeLength + Unit - 1) / Unit);
        IsDone = Overlaps || (_wholeLength > 0 && _unitsMissing == 0);
        _doneNs = timestampNs;
    }

    /// <summary>Transfers the buffer to the caller, who returns it to the shared pool; null without one. The ports
    /// remain.</summary>
    public byte[]? TakeBuffer()
    {
        var buffer = _buffer;
        _buffer = null;
        return buffer;
    }

    private void Keep(in IpFragment fragment, ReadOnlySpan<byte> data)
    {
        _isCut |= data.Length < fragment.WireLength;
        Reserve(fragment.Position + data.Length);
        data.CopyTo(_buffer.AsSpan(fragment.Position));
    }

    private bool IsRepeated(in IpFragment fragment, ReadOnlySpan<byte> data) =>
        _buffer is not null && fragment.Position + data.Length <= _buffer.Length
        && data.SequenceEqual(_buffer.AsSpan(fragment.Position, data.Length));

    private void Reserve(int length)
    {
        if (_buffer is not null && _buffer.Length >= length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(length);
        if (_buffer is not null)
        {
            _buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }

    /// <summary>Notes a fragment's bounds, and whether one fragment begins inside another.</summary>
    private void NoteBounds(in IpFragment fragment)
    {
        var (first, end) = UnitsOf(fragment);
        IsTorn |= (CountUnits(_seen, first, first + 1) > 0 && CountUnits(_starts, first, first + 1) == 0)
            || CountUnits(_starts, first + 1, end) > 0;
        Mark(_starts, first, first + 1);
        Mark(_seen, first, end);
    }

    private static (int First, int End) UnitsOf(in IpFragment fragment) =>
        (fragment.Position / Unit, (fragment.End + Unit - 1) / Unit);

    private static int CountUnits(ulong[] units, int first, int end)
    {
        var count = 0;
        for (var word = first / BitsPerWord; word < units.Length && word * BitsPerWord < end; word++)
            count += BitOperations.PopCount(units[word] & MaskOf(word, first, end));
        return count;
    }

    private static void Mark(ulong[] units, int first, int end)
    {
        for (var word = first / BitsPerWord; word < units.Length && word * BitsPerWord < end; word++)
            units[word] |= MaskOf(word, first, end);
    }

    /// <summary>The bits of a word for units from <paramref name="first"/> up to, not including,
    /// <paramref name="end"/>.</summary>
    private static ulong MaskOf(int word, int first, int end)
    {
        var (low, high) =
            (Math.Max(first - (word * BitsPerWord), 0), Math.Min(end - (word * BitsPerWord), BitsPerWord));
        return low >= high ? 0 : (ulong.MaxValue >> (BitsPerWord - (high - low))) << low;
    }
}
