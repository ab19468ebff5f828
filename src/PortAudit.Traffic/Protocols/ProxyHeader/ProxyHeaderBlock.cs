using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.ProxyHeader;

/// <summary>A PROXY protocol header, version 2 (HAProxy, proxy-protocol.txt §2.2): signature, command, family and
/// length, then addresses and further fields.</summary>
/// <param name="TotalLength">Length including addresses and further fields, in bytes.</param>
internal readonly record struct ProxyHeaderBlock(int TotalLength)
{
    /// <summary>Length of the fixed part, in bytes.</summary>
    public const int FixedLength = 16;

    /// <summary>Version 2 in the upper four bits, LOCAL (0) or PROXY (1) in the lower.</summary>
    private const byte Local = 0x20;
    private const byte Proxy = 0x21;

    /// <summary>Families in the upper four bits: unspecified, IPv4, IPv6, UNIX; transports in the lower: unspecified,
    /// stream, datagram.</summary>
    private const int LastFamily = 3;
    private const int LastTransport = 2;

    /// <summary>Line ends, a zero, and a word that belongs to no server protocol.</summary>
    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Lengths of both addresses with ports, by family.</summary>
    private static ReadOnlySpan<byte> LengthsOfAddresses => [0, 12, 36, 216];

    /// <summary>True when <paramref name="bytes"/> begin with the fixed part; the rest may be missing.
    /// <see cref="ParseError.Incomplete"/> while they agree.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ProxyHeaderBlock header, out ParseError error)
    {
        header = default;
        error = ParseError.BadValue;
        var common = bytes.CommonPrefixLength(Signature);
        if (common < Signature.Length && common < bytes.Length)
            return false;
        if (bytes.Length > Signature.Length && bytes[Signature.Length] is not (Local or Proxy))
            return false;
        if (bytes.Length > Signature.Length + 1 && !IsFamily(bytes[Signature.Length + 1]))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < FixedLength)
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(Signature.Length + 2)..]);
        error = ParseError.BadLength;
        if (bytes[Signature.Length] == Proxy && length < LengthsOfAddresses[bytes[Signature.Length + 1] >> 4])
            return false;
        header = new ProxyHeaderBlock(FixedLength + length);
        error = ParseError.None;
        return true;
    }

    private static bool IsFamily(byte value) => value >> 4 <= LastFamily && (value & 0x0F) <= LastTransport;
}
