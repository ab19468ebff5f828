using System.Globalization;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>Domain names of reverse lookups (RFC 1035 §3.5, RFC 3596 §2.5).</summary>
internal static class ReverseName
{
    private const int Ipv4Parts = 4;
    private const int Ipv6Nibbles = 32;

    private static ReadOnlySpan<byte> Ipv4Zone => ".in-addr.arpa"u8;

    private static ReadOnlySpan<byte> Ipv6Zone => ".ip6.arpa"u8;

    /// <summary>True when a name represents a complete address.</summary>
    public static bool TryParse(ReadOnlySpan<byte> name, out IpAddress address)
    {
        if (EndsWith(name, Ipv4Zone))
            return TryParseIpv4(name[..^Ipv4Zone.Length], out address);
        if (EndsWith(name, Ipv6Zone))
            return TryParseIpv6(name[..^Ipv6Zone.Length], out address);
        address = default;
        return false;
    }

    private static bool EndsWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> zone) =>
        name.Length > zone.Length && System.Text.Ascii.EqualsIgnoreCase(name[^zone.Length..], zone);

    /// <summary>Four decimal numbers, last byte first.</summary>
    private static bool TryParseIpv4(ReadOnlySpan<byte> parts, out IpAddress address)
    {
        address = default;
        var (value, count) = (0u, 0);
        foreach (var range in parts.Split((byte)'.'))
        {
            if (count == Ipv4Parts || !byte.TryParse(parts[range], NumberStyles.None, null, out var part))
                return false;
            value |= (uint)part << (8 * count++);
        }

        address = IpAddress.FromIpv4(value);
        return count == Ipv4Parts;
    }

    /// <summary>Thirty-two hexadecimal digits separated by dots, last one first.</summary>
    private static bool TryParseIpv6(ReadOnlySpan<byte> digits, out IpAddress address)
    {
        address = default;
        if (digits.Length != (Ipv6Nibbles * 2) - 1)
            return false;
        Span<byte> bytes = stackalloc byte[Ipv6Nibbles / 2];
        bytes.Clear();
        for (var i = 0; i < Ipv6Nibbles; i++)
        {
            var isParted = i == 0 || digits[(i * 2) - 1] == (byte)'.';
            if (!isParted
                || !byte.TryParse(digits.Slice(i * 2, 1), NumberStyles.AllowHexSpecifier, null, out var nibble))
                return false;
            bytes[^((i / 2) + 1)] |= (byte)(i % 2 == 0 ? nibble : nibble << 4);
        }

        address = IpAddress.FromIpv6(bytes);
        return true;
    }
}
