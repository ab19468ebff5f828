using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>Reads an address attribute (RFC 8489 §14.1): a reserved byte, family, port, address.</summary>
internal static class StunAddress
{
    private const int HeaderLength = 4;
    private const byte Ipv4 = 1;
    private const byte Ipv6 = 2;
    private const int Ipv6Length = 16;
    private const int Ipv4Length = 4;

    /// <summary>Reads a plain address.</summary>
    public static bool TryRead(ReadOnlySpan<byte> value, out IpAddress address, out ushort port) =>
        TryRead(value, stackalloc byte[Ipv6Length], out address, out port);

    /// <summary>Reads an address XORed with cookie and transaction id (RFC 8489 §14.2), which protects it from
    /// rewriting devices.</summary>
    /// <param name="value">The attribute's value.</param>
    /// <param name="transactionId">Cookie and transaction id, 16 bytes; Microsoft's TURN without the cookie has an id
    /// of that length ([MS-TURN] 2.2.2.16).</param>
    /// <param name="address">The address.</param>
    /// <param name="port">The port.</param>
    public static bool TryReadXored(ReadOnlySpan<byte> value, ReadOnlySpan<byte> transactionId, out IpAddress address,
        out ushort port) => TryRead(value, transactionId, out address, out port);

    private static bool TryRead(ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask, out IpAddress address,
        out ushort port)
    {
        (address, port) = (default, 0);
        if (value.Length < HeaderLength)
            return false;
        var length = value[1] switch { Ipv4 => Ipv4Length, Ipv6 => Ipv6Length, _ => 0 };
        if (length == 0 || value.Length != HeaderLength + length)
            return false;
        Span<byte> plain = stackalloc byte[Ipv6Length];
        for (var i = 0; i < length; i++)
            plain[i] = (byte)(value[HeaderLength + i] ^ mask[i]);
        address = length == Ipv4Length ? IpAddress.FromIpv4(plain) : IpAddress.FromIpv6(plain);
        port = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ BinaryPrimitives.ReadUInt16BigEndian(mask));
        return true;
    }
}
