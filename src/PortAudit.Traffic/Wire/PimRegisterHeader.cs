using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>The header of a PIM register (RFC 7761 §4.9.3), by which a router sends multicast packets on to the
/// rendezvous point, viewed in place. What follows is an IP packet.</summary>
internal readonly ref struct PimRegisterHeader
{
    /// <summary>Length of the PIM header and the register's flags, in bytes.</summary>
    public const int HeaderLength = 8;

    /// <summary>Version 2, type register (RFC 7761 §4.9).</summary>
    private const byte VersionAndType = 0x21;

    private const int FlagsAt = 4;
    private const uint NullRegister = 0x4000_0000;

    private readonly ReadOnlySpan<byte> _bytes;

    private PimRegisterHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the whole header of a register; another message of PIM is
    /// <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PimRegisterHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new PimRegisterHeader(bytes);
        return true;
    }

    /// <summary>True for a register without a packet, which keeps the rendezvous point from asking for more: what
    /// follows is a header that was made up.</summary>
    public bool IsNull => (BinaryPrimitives.ReadUInt32BigEndian(_bytes[FlagsAt..]) & NullRegister) != 0;

    /// <summary>What follows the header as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [not VersionAndType, ..])
            return ParseError.BadValue;
        return bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
    }
}
