using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>A UDP datagram (RFC 768), viewed in place.</summary>
internal readonly ref struct UdpDatagram
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private UdpDatagram(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header. A length below 8 (RFC 2675 jumbograms included)
    /// is <see cref="ParseError.BadLength"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> bytes, out UdpDatagram datagram, out ParseError error)
    {
        datagram = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        datagram = new UdpDatagram(bytes);
        return true;
    }

    /// <summary>Length of header and payload as sent, in bytes: at least 8.</summary>
    public ushort Length => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Checksum as sent; 0 for none.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>The payload as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..Math.Min(Length, _bytes.Length)];

    /// <summary>True when the header announces more payload than was captured.</summary>
    public bool IsCut => Length > _bytes.Length;

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
            return ParseError.Incomplete;
        return BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) < HeaderLength ? ParseError.BadLength : ParseError.None;
    }
}
