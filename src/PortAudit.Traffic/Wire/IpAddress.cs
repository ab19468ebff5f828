using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace PortAudit.Traffic.Wire;

/// <summary>An IPv4 or IPv6 address as a plain value. IPv4 is stored in IPv4-mapped form (RFC 4291 §2.5.5.2), so that
/// one comparison serves both families and a mapped address in a message equals the IPv4 host. In an IPv6 header a
/// mapped address is another host, or a forgery (RFC 4942 §2.2), and is stored separately
/// (<see cref="FromIpv6Header"/>).</summary>
/// <param name="High">The first eight bytes in network order; <c>0:0:0:1</c> for a separately stored mapped
/// address.</param>
/// <param name="Low">The last eight bytes in network order.</param>
public readonly record struct IpAddress(ulong High, ulong Low) : IComparable<IpAddress>
{
    /// <summary>Longest text: an IPv6 address ending in an IPv4 one.</summary>
    public const int MaximumTextLength = 45;

    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;
    private const ulong MappedPrefixMask = 0xFFFF_FFFF_0000_0000;

    /// <summary>The last eight bytes of 224.0.0.0/4 in mapped form, without the 28 group bits.</summary>
    private const ulong MappedGroups = 0xFFFF_E;

    /// <summary>Replaces the first eight bytes, all zeros, of an IPv4-mapped address in an IPv6 header.
    /// 0:0:0:1:0:ffff::/96 itself is never assigned (RFC 4291 §4).</summary>
    private const ulong HeldApart = 1;

    /// <summary>True for an IPv4 address.</summary>
    public bool IsIpv4 => High == 0 && (Low & MappedPrefixMask) == MappedPrefix;

    /// <summary>The IPv4 address as a number in host order; valid only when <see cref="IsIpv4"/>.</summary>
    public uint Ipv4Value => (uint)Low;

    /// <summary>The first eight bytes of an IPv6 address as in a header, also if stored separately
    /// (<see cref="FromIpv6Header"/>).</summary>
    private ulong HighInHeader => High == HeldApart && (Low & MappedPrefixMask) == MappedPrefix ? 0 : High;

    /// <summary>True for a multicast address: 224.0.0.0/4 (RFC 5771) or ff00::/8 (RFC 4291 §2.7).</summary>
    public bool IsMulticast => High == 0 ? (Low >> 28) == MappedGroups : (High >> 56) == 0xFF;

    /// <summary>True for the limited broadcast address 255.255.255.255 (RFC 919 §7). Subnet broadcast addresses depend
    /// on the site.</summary>
    public bool IsLimitedBroadcast => IsIpv4 && Ipv4Value == uint.MaxValue;

    /// <summary>True when only one host can have the address: neither multicast nor limited broadcast.</summary>
    public bool IsUnicast => !IsMulticast && !IsLimitedBroadcast;

    /// <summary>True for the unspecified address (RFC 1122 §3.2.1.3, RFC 4291 §2.5.2).</summary>
    public bool IsUnspecified => IsIpv4 ? Ipv4Value == 0 : High == 0 && Low == 0;

    /// <summary>True for a private, link-local or site-local address (RFC 1918 §3, RFC 3927 §2.1, RFC 4193 §3.1, RFC
    /// 4291 §2.5.6).</summary>
    public bool IsPrivate => IsIpv4
        ? (Ipv4Value >> 24) == 10 || (Ipv4Value >> 20) == 0xAC1 || (Ipv4Value >> 16) is 0xC0A8 or 0xA9FE
        : (High >> 57) == 0x7E || (High >> 54) == 0x3FA;

    /// <summary>The address in four bytes of network order.</summary>
    public static IpAddress FromIpv4(ReadOnlySpan<byte> bytes) => FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(bytes));

    /// <summary>The address as a number in host order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IpAddress FromIpv4(uint value) => new(0, MappedPrefix | value);

    /// <summary>The address in sixteen bytes of network order.</summary>
    public static IpAddress FromIpv6(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>The address in an IPv6 packet header: there the IPv4-mapped form is no IPv4 address, and is shown as
    /// written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static IpAddress FromIpv6Header(ReadOnlySpan<byte> bytes)
    {
        var address = FromIpv6(bytes);
        return address.IsIpv4 ? new IpAddress(HeldApart, address.Low) : address;
    }

    /// <summary>Parses an ASCII address without zone or prefix. IPv4 requires four decimal parts, and allocates
    /// nothing.</summary>
    public static bool TryParse(ReadOnlySpan<byte> ascii, out IpAddress address)
    {
        address = default;
        if (!ascii.Contains((byte)':'))
            return TryParseIpv4(ascii, out address);
        Span<char> text = stackalloc char[MaximumTextLength];
        return ascii.Length <= text.Length && Encoding.ASCII.TryGetChars(ascii, text, out var length)
            && TryParse(text[..length].ToString(), out address);
    }

    private static bool TryParseIpv4(ReadOnlySpan<byte> ascii, out IpAddress address)
    {
        address = default;
        var (value, parts) = (0u, 0);
        foreach (var range in ascii.Split((byte)'.'))
        {
            var part = ascii[range];
            if (++parts > 4 || part.Length > 3 || !Utf8Parser.TryParse(part, out byte number, out var length)
                || length != part.Length)
                return false;
            value = (value << 8) | number;
        }

        address = FromIpv4(value);
        return parts == 4;
    }

    /// <summary>Parses an address without zone or prefix. IPv4 requires four parts.</summary>
    public static bool TryParse(string text, out IpAddress address)
    {
        address = default;
        var isIpv6 = text.Contains(':', StringComparison.Ordinal);
        if (!isIpv6 && text.Count(c => c == '.') != 3)
            return false;
        if (text.Contains('%', StringComparison.Ordinal) || text.Contains('/', StringComparison.Ordinal)
            || !IPAddress.TryParse(text, out var parsed))
            return false;

        var bytes = parsed.GetAddressBytes();
        address = bytes.Length == 4 ? FromIpv4(bytes) : FromIpv6(bytes);
        return true;
    }

    /// <summary>Writes the address in network order.</summary>
    /// <param name="destination">At least 16 bytes.</param>
    /// <returns>4 for IPv4, 16 for IPv6.</returns>
    public int CopyTo(Span<byte> destination)
    {
        if (IsIpv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, Ipv4Value);
            return 4;
        }

        BinaryPrimitives.WriteUInt64BigEndian(destination, HighInHeader);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
        return 16;
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(IpAddress other) => Low == other.Low && High == other.High;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(High, Low);

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CompareTo(IpAddress other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>The text form: dotted decimal, or RFC 5952 for IPv6.</summary>
    public override string ToString() => ToPlatform().ToString();

    /// <summary>Writes <see cref="ToString"/> in ASCII.</summary>
    /// <param name="destination">At least <see cref="MaximumTextLength"/> bytes.</param>
    /// <returns>Length of the text.</returns>
    public int WriteText(Span<byte> destination) => ToPlatform().TryFormat(destination, out var length)
        ? length
        : throw new ArgumentException("The destination is too short.", nameof(destination));

    private IPAddress ToPlatform()
    {
        Span<byte> bytes = stackalloc byte[16];
        return new IPAddress(bytes[..CopyTo(bytes)]);
    }
}
