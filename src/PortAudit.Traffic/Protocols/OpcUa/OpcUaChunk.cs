using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.OpcUa;

/// <summary>A message chunk of OPC UA's TCP transport (OPC 10000-6 §6.7.2, §7.1.2), viewed in place.</summary>
internal readonly ref struct OpcUaChunk
{
    /// <summary>Length of type, chunk mark and size, in bytes.</summary>
    public const int HeaderLength = 8;

    /// <summary>Length of a chunk of a channel without its message: header, channel, token, sequence and request
    /// numbers.</summary>
    private const int ChannelLength = 24;

    private const int HelloLength = 32;
    private const int AcknowledgeLength = 28;
    private const int ErrorLength = 16;

    /// <summary>Longest name of an endpoint, in bytes (§7.1.2.3).</summary>
    private const int LongestName = 4096;

    /// <summary>Greatest size, in bytes. Buffers have 64 KiB mostly; a server may agree to more.</summary>
    private const uint GreatestSize = 0x0100_0000;

    /// <summary>First byte of the class of failures in a status (OPC 10000-4 §7.39).</summary>
    private const byte Bad = 0x80;

    private readonly ReadOnlySpan<byte> _bytes;

    private OpcUaChunk(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    private static ReadOnlySpan<byte> PolicyPrefix => "http://opcfoundation.org/UA/SecurityPolicy"u8;

    /// <summary>True when <paramref name="bytes"/> begin with a chunk: a known type, a size that it may have, and the
    /// fixed part behind it. The rest may be cut; excludes what follows. Bytes that agree so far are
    /// <see cref="ParseError.Incomplete"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out OpcUaChunk chunk, out ParseError error)
    {
        chunk = default;
        error = ParseError.BadValue;
        var least = LeastSizeOf(bytes);
        if (least == 0)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        error = ParseError.BadLength;
        if (size < least || size > GreatestSize)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < least)
            return false;
        var read = new OpcUaChunk(bytes[..(int)Math.Min(size, (uint)bytes.Length)]);
        error = ParseError.BadValue;
        if (!read.IsSound)
            return false;
        chunk = read;
        error = ParseError.None;
        return true;
    }

    /// <summary>Size of the chunk, in bytes.</summary>
    public int TotalLength => BinaryPrimitives.ReadInt32LittleEndian(_bytes[4..]);

    /// <summary>Side that sends such a chunk.</summary>
    public SideMatch Side => _bytes[0] switch
    {
        (byte)'H' => SideMatch.Request,
        (byte)'A' or (byte)'E' or (byte)'R' => SideMatch.Reply,
        _ => OpcUaService.SideOf(Message),
    };

    /// <summary>The message of a channel without encryption as far as present, from the identifier of its type on;
    /// empty when not known.</summary>
    private ReadOnlySpan<byte> Message
    {
        get
        {
            if (_bytes[0] != (byte)'O')
                return _bytes[ChannelLength..];
            var rest = _bytes[12..];
            for (var i = 0; i < 3; i++) // policy, certificate, thumbprint of the certificate
            {
                if (rest.Length < 4)
                    return [];
                var length = Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(rest));
                if (length > rest.Length - 4)
                    return [];
                rest = rest[(4 + length)..];
            }

            return rest.Length > 8 ? rest[8..] : [];
        }
    }

    private bool IsSound => _bytes[0] switch
    {
        (byte)'H' => IsName(_bytes[28..]) && BinaryPrimitives.ReadInt32LittleEndian(_bytes[28..]) is var length
            && Math.Max(0, length) == TotalLength - HelloLength,
        (byte)'A' => TotalLength == AcknowledgeLength,
        (byte)'E' => (_bytes[11] & Bad) != 0 && IsName(_bytes[12..]),
        (byte)'R' => IsName(_bytes[8..]),
        (byte)'O' => HasPolicy(_bytes[12..]),
        _ => true,
    };

    private static bool IsName(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadInt32LittleEndian(bytes) is >= -1 and <= LongestName;

    private static bool HasPolicy(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadInt32LittleEndian(bytes) is var length && length > PolicyPrefix.Length
        && length <= byte.MaxValue && Agrees(bytes[4..], PolicyPrefix);

    /// <summary>Least size of the chunk that begins so; 0 when none does.</summary>
    private static int LeastSizeOf(ReadOnlySpan<byte> bytes)
    {
        if (Agrees(bytes, "HELF"u8))
            return HelloLength;
        if (Agrees(bytes, "ACKF"u8))
            return AcknowledgeLength;
        if (Agrees(bytes, "ERRF"u8) || Agrees(bytes, "RHEF"u8))
            return ErrorLength;
        if (Agrees(bytes, "OPNF"u8))
            return ChannelLength;
        return Agrees(bytes, "CLOF"u8) || Agrees(bytes, "MSGF"u8) || Agrees(bytes, "MSGC"u8) || Agrees(bytes, "MSGA"u8)
            ? ChannelLength
            : 0;
    }

    private static bool Agrees(ReadOnlySpan<byte> seen, ReadOnlySpan<byte> expected) =>
        seen.CommonPrefixLength(expected) == Math.Min(seen.Length, expected.Length);
}
