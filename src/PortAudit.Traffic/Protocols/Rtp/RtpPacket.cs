using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>The fixed header of an RTP packet (RFC 3550 §5.1), in clear also in SRTP (RFC 3711 §3.1), viewed in
/// place.</summary>
internal readonly ref struct RtpPacket
{
    /// <summary>Length of the fixed header, in bytes.</summary>
    public const int HeaderLength = 12;

    private const int WordLength = 4;
    private const int ExtensionHeaderLength = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private RtpPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False when no such packet begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => first >> 6 == 2;

    /// <summary>True when <paramref name="bytes"/> hold a version 2 header. Contributing sources, extension and payload
    /// may be cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RtpPacket packet, out ParseError error)
    {
        packet = default;
        error = ParseError.BadVersion;
        if (bytes.Length > 0 && !MayBeginWith(bytes[0]))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        packet = new RtpPacket(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>Number of contributing sources.</summary>
    public int SourceCount => _bytes[0] & 0x0F;

    /// <summary>True when an extension follows the contributing sources.</summary>
    public bool HasExtension => (_bytes[0] & 0x10) != 0;

    /// <summary>Payload type, 0 to 127.</summary>
    public int PayloadType => _bytes[1] & 0x7F;

    /// <summary>Sequence number, increased by one in every packet of a source.</summary>
    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Timestamp, in ticks of the payload's clock.</summary>
    public uint Timestamp => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>Synchronisation source.</summary>
    public uint Source => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>True unless the payload type could be mistaken for RTCP on a shared port (RFC 5761 §4).</summary>
    public bool MayBeMedia => PayloadType is < 64 or > 95;

    /// <summary>True when contributing sources and extension fit in a packet of this length, in bytes, as far as they
    /// were captured.</summary>
    public bool FitsInto(int length)
    {
        var end = HeaderLength + SourceCount * WordLength;
        if (HasExtension)
        {
            end += ExtensionHeaderLength;
            if (end <= _bytes.Length)
                end += BinaryPrimitives.ReadUInt16BigEndian(_bytes[(end - 2)..]) * WordLength;
        }

        return end <= length;
    }
}
