using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>The clear part of an encapsulating security payload packet (RFC 4303 §2; in UDP: RFC 3948 §2.1), viewed in place.</summary>
internal readonly ref struct EspHeader
{
    /// <summary>Length of the clear part, in bytes.</summary>
    public const int HeaderLength = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private EspHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the clear part. Security parameters index 0, which is never sent (RFC 4303 §2.1) and on UDP port 4500 marks IKE (RFC 3948 §2.2), is <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out EspHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new EspHeader(bytes);
        return true;
    }

    /// <summary>Security parameters index: the receiver's number of the association, 1 and above.</summary>
    public uint Spi => BinaryPrimitives.ReadUInt32BigEndian(_bytes);

    /// <summary>Sequence number within the association.</summary>
    public uint SequenceNumber => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The encrypted part as far as it was captured, with its trailer and integrity check value.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
            return ParseError.Incomplete;
        return BinaryPrimitives.ReadUInt32BigEndian(bytes) == 0 ? ParseError.BadValue : ParseError.None;
    }
}
