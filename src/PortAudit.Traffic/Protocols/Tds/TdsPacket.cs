using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>A TDS packet ([MS-TDS] 2.2.3), viewed in place.</summary>
internal readonly ref struct TdsPacket
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 8;

    /// <summary>Largest packet that can be negotiated ([MS-TDS] 2.2.6.4, PacketSize).</summary>
    public const int MaximumLength = 32767;

    /// <summary>Unused status bits ([MS-TDS] 2.2.3.1.2); bit 2 marks event notifications.</summary>
    private const int UnusedStatus = 0xE0;
    private const int EndOfMessage = 1;

    private readonly ReadOnlySpan<byte> _bytes;

    private TdsPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a header: defined type and status, valid length, window 0. The
    /// payload may be cut.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TdsPacket packet, out ParseError error)
    {
        packet = default;
        error = ParseError.BadValue;
        if ((bytes.Length > 0 && !IsDefined((TdsPacketType)bytes[0]))
            || (bytes.Length > 1 && (bytes[1] & UnusedStatus) != 0))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        error = ParseError.BadLength;
        if (length is < HeaderLength or > MaximumLength)
            return false;
        error = ParseError.BadValue;
        if (bytes[7] != 0)
            return false;
        packet = new TdsPacket(bytes[..Math.Min(bytes.Length, length)]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Type of the packet.</summary>
    public TdsPacketType Type => (TdsPacketType)_bytes[0];

    /// <summary>True for the last packet of a message.</summary>
    public bool EndsMessage => (_bytes[1] & EndOfMessage) != 0;

    /// <summary>Length of the packet including its header, in bytes.</summary>
    public int TotalLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Stated length of the payload, in bytes.</summary>
    public int PayloadLength => TotalLength - HeaderLength;

    /// <summary>The payload present.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    public bool IsCut => _bytes.Length < TotalLength;

    private static bool IsDefined(TdsPacketType type) => type switch
    {
        >= TdsPacketType.Batch and <= TdsPacketType.Response or TdsPacketType.Attention or TdsPacketType.BulkLoad
        or TdsPacketType.Transaction => true,
        >= TdsPacketType.Login and <= TdsPacketType.PreLogin => true,
        _ => false,
    };
}
