using System.Buffers.Binary;

namespace PortAudit.Tests.Capture;

/// <summary>Writes a pcap file byte by byte.</summary>
internal sealed class PcapBytes
{
    private readonly List<byte> _bytes = [];
    private readonly bool _isBigEndian;

    public PcapBytes(uint magic = 0xA1B2C3D4, bool isBigEndian = false, ushort major = 2, ushort minor = 4,
        uint snapLength = 65535, uint linkType = 1)
    {
        _isBigEndian = isBigEndian;
        Add(magic).Add(major, minor).Add(0u).Add(0u).Add(snapLength).Add(linkType);
    }

    /// <summary>Offset of the next record.</summary>
    public int Length => _bytes.Count;

    public PcapBytes Record(uint seconds, uint fraction, byte[] frame, uint? original = null, uint? captured = null) =>
        Add(seconds).Add(fraction).Add(captured ?? (uint)frame.Length).Add(original ?? (uint)frame.Length).Raw(frame);

    public PcapBytes Add(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (_isBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    public PcapBytes Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    /// <summary>Two adjacent 16-bit fields.</summary>
    private PcapBytes Add(ushort first, ushort second) =>
        _isBigEndian ? Add(((uint)first << 16) | second) : Add(((uint)second << 16) | first);
}
