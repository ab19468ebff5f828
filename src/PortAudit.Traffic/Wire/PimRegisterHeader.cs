using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A PIM register header (RFC 7761 §4.9.3), with which a router sends multicast packets to the rendezvous
/// point, viewed in place. The payload is an IP packet.</summary>
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

    /// <summary>True when <paramref name="bytes"/> hold a whole register header; another PIM message is
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

    /// <summary>True for a null register, which suppresses requests by the rendezvous point: its payload is a dummy
    /// header.</summary>
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
