using System.Buffers.Binary;

namespace PortAudit.Tests.Capture;

/// <summary>Writes a Network Monitor file byte by byte. The start of the capture is 2003-02-01T04:05:06.007.</summary>
internal sealed class NetworkMonitorBytes(byte major = 2, byte minor = 0, ushort network = 1)
{
    /// <summary>Nanoseconds from 1970 to the start of the capture.</summary>
    public const long StartNs = 1_044_072_306_007_000_000;

    private const int HeaderLength = 128;

    private readonly List<byte> _records = [];
    private readonly List<uint> _places = [];

    /// <summary>Offset of the next record.</summary>
    public int Length => HeaderLength + _records.Count;

    public NetworkMonitorBytes Record(ulong ticks, byte[] frame, uint? original = null, uint? captured = null,
        ushort ofNetwork = 1, long fileTime = 0)
    {
        _places.Add((uint)Length);
        return Unnamed(ticks, frame, original, captured, ofNetwork, fileTime);
    }

    /// <summary>A record that the frame table does not name.</summary>
    public NetworkMonitorBytes Unnamed(ulong ticks, byte[] frame, uint? original = null, uint? captured = null,
        ushort ofNetwork = 1, long fileTime = 0)
    {
        var lengths = (original ?? (uint)frame.Length, captured ?? (uint)frame.Length);
        if (major == 1)
            Add(ticks, 4).Add(lengths.Item1, 2).Add(lengths.Item2, 2);
        else
            Add(ticks, 8).Add(lengths.Item1, 4).Add(lengths.Item2, 4);
        _records.AddRange(frame);
        if (major == 2 && minor >= 1)
            Add(ofNetwork, 2);
        if (major == 2 && minor >= 2)
            Add(7, 4);
        if (major == 2 && minor >= 3)
            Add((ulong)fileTime, 8).Add(1, 1);
        return this;
    }

    public NetworkMonitorBytes Raw(params byte[] bytes)
    {
        _records.AddRange(bytes);
        return this;
    }

    /// <summary>An entry of the frame table, wherever it points.</summary>
    public NetworkMonitorBytes Place(uint offset)
    {
        _places.Add(offset);
        return this;
    }

    /// <summary>Names the records in another order.</summary>
    public NetworkMonitorBytes Reverse()
    {
        _places.Reverse();
        return this;
    }

    public byte[] ToArray(ushort month = 2)
    {
        var header = new byte[HeaderLength];
        (major == 1 ? "RTSS"u8 : "GMBU"u8).CopyTo(header);
        (header[4], header[5]) = (minor, major);
        ushort[] fields = [network, 2003, month, 6, 1, 4, 5, 6, 7];
        for (var i = 0; i < fields.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6 + 2 * i), fields[i]);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24), (uint)Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), (uint)_places.Count * 4);
        return [.. header, .. _records, .. _places.SelectMany(BitConverter.GetBytes)];
    }

    private NetworkMonitorBytes Add(ulong value, int length)
    {
        for (var i = 0; i < length; i++)
            _records.Add((byte)(value >> (8 * i)));
        return this;
    }
}
