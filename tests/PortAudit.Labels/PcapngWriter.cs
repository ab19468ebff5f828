using System.Buffers.Binary;
using PortAudit.Traffic.Capture;

namespace PortAudit.Labels;

/// <summary>Writes packets of any link types as pcapng (draft-ietf-opsawg-pcapng §4), with nanoseconds.</summary>
internal sealed class PcapngWriter
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    // option if_tsresol, whose value is by chance the number of digits, too
    private const ushort TimestampResolution = 9;

    private readonly Stream _stream;
    private readonly List<LinkType> _interfaces = [];

    /// <summary>Begins a section.</summary>
    public PcapngWriter(Stream stream)
    {
        _stream = stream;
        Span<byte> body = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(body, ByteOrderMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(body[4..], 1);
        BinaryPrimitives.WriteInt64LittleEndian(body[8..], -1);
        WriteBlock(SectionHeader, body, []);
    }

    /// <summary>Writes one packet.</summary>
    public void Write(LinkType linkType, long timestampNs, int originalLength, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[20];
        BinaryPrimitives.WriteInt32LittleEndian(head, InterfaceOf(linkType));
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)(timestampNs >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], (uint)timestampNs);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], originalLength);
        WriteBlock(EnhancedPacket, head, bytes);
    }

    private int InterfaceOf(LinkType linkType)
    {
        var known = _interfaces.IndexOf(linkType);
        if (known >= 0)
            return known;
        Span<byte> body = stackalloc byte[16];
        body.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(body, linkType.Value);
        BinaryPrimitives.WriteUInt16LittleEndian(body[8..], TimestampResolution);
        BinaryPrimitives.WriteUInt16LittleEndian(body[10..], 1);
        body[12] = (byte)TimestampResolution;
        WriteBlock(InterfaceDescription, body, []);
        _interfaces.Add(linkType);
        return _interfaces.Count - 1;
    }

    private void WriteBlock(uint type, ReadOnlySpan<byte> head, ReadOnlySpan<byte> bytes)
    {
        var padding = (4 - bytes.Length % 4) % 4;
        Span<byte> ends = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(ends, type);
        BinaryPrimitives.WriteInt32LittleEndian(ends[4..], 12 + head.Length + bytes.Length + padding);
        _stream.Write(ends);
        _stream.Write(head);
        _stream.Write(bytes);
        _stream.Write("\0\0\0"u8[..padding]);
        _stream.Write(ends[4..]);
    }
}
