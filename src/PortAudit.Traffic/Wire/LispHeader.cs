using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A LISP data header (RFC 9300 §5.3), viewed in place. The payload is an IP packet.</summary>
internal readonly ref struct LispHeader
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 8;

    private const byte InstancePresent = 0x08;
    private const byte Reserved = 0x04;
    private const int InstanceAt = 4;
    private const int LocatorStatusBits = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private LispHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header; a set reserved bit is
    /// <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out LispHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new LispHeader(bytes);
        return true;
    }

    /// <summary>True when the header has an instance identifier.</summary>
    public bool HasInstance => (_bytes[0] & InstancePresent) != 0;

    /// <summary>Identifier of the instance, 0 to 16777215.</summary>
    public uint Instance => BinaryPrimitives.ReadUInt32BigEndian(_bytes[InstanceAt..]) >> LocatorStatusBits;

    /// <summary>What follows the header as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [var flags, ..] && (flags & Reserved) != 0)
            return ParseError.BadValue;
        return bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
    }
}
