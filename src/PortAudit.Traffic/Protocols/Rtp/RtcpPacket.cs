using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>One packet of a compound RTCP packet (RFC 3550 §6.1 and §6.4 to §6.7, RFC 4585 §6.1, RFC 3611 §2), viewed
/// in place.</summary>
internal readonly ref struct RtcpPacket
{
    /// <summary>Length of the header and the source, which only an empty description or good-bye lacks, in
    /// bytes.</summary>
    public const int HeaderLength = 8;

    /// <summary>Sender report.</summary>
    public const byte SenderReport = 200;

    /// <summary>Receiver report.</summary>
    public const byte ReceiverReport = 201;

    /// <summary>Source description.</summary>
    public const byte SourceDescription = 202;

    /// <summary>Extended report, the last supported kind.</summary>
    public const byte ExtendedReport = 207;

    private const int WordLength = 4;
    private const int ReportBlockLength = 24;
    private const int SenderLength = 20;

    private readonly ReadOnlySpan<byte> _bytes;

    private RtcpPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the header of a version 2 packet, from sender report to
    /// extended report, long enough for its count. The rest may be cut; excludes what follows.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RtcpPacket packet, out ParseError error)
    {
        packet = default;
        error = ParseError.BadVersion;
        if (bytes.Length > 0 && bytes[0] >> 6 != 2)
            return false;
        error = ParseError.BadValue;
        if (bytes.Length > 1 && bytes[1] is < SenderReport or > ExtendedReport)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var length = (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) + 1) * WordLength;
        error = ParseError.BadLength;
        if (length < LeastLength(bytes[1], bytes[0] & 0x1F))
            return false;
        packet = new RtcpPacket(bytes[..Math.Min(bytes.Length, length)]);
        error = ParseError.None;
        return true;
    }

    /// <summary>True when the packet has padding, allowed only in the last one.</summary>
    public bool HasPadding => (_bytes[0] & 0x20) != 0;

    /// <summary>Number of report blocks, sources or chunks; the format of feedback.</summary>
    public int Count => _bytes[0] & 0x1F;

    /// <summary>Kind of packet.</summary>
    public byte Kind => _bytes[1];

    /// <summary>Length of the packet, in bytes.</summary>
    public int TotalLength => (BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]) + 1) * WordLength;

    /// <summary>Source that sent it.</summary>
    public uint Source => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>True for a report with exactly its report blocks.</summary>
    public bool IsExactReport => Kind is SenderReport or ReceiverReport && TotalLength == LeastLength(Kind, Count);

    private static int LeastLength(byte kind, int count) => kind switch
    {
        SenderReport => HeaderLength + SenderLength + count * ReportBlockLength,
        ReceiverReport => HeaderLength + count * ReportBlockLength,
        SourceDescription => HeaderLength + Math.Max(0, count - 1) * WordLength,
        203 => HeaderLength + Math.Max(0, count - 1) * WordLength,

        // Application-defined packets have a name, feedback its media source.
        204 or 205 or 206 => HeaderLength + WordLength,
        _ => HeaderLength,
    };
}
