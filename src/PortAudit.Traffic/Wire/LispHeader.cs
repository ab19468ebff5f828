using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A header of the Locator/ID Separation Protocol's data plane (RFC 9300 §5.3), viewed in place. What follows
/// is an IP packet.</summary>
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

    /// <summary>True when <paramref name="bytes"/> hold a whole header; one whose reserved bit is set is
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

    /// <summary>True when the header says to which instance the packet belongs.</summary>
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
