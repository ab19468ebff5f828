using System.Runtime.CompilerServices;
using System.Text;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Rows;

/// <summary>
/// Writes addresses as <see cref="IpAddress.ToString"/> does. The text forms of the IPv6 addresses that were written lately are kept: the hosts of neighbouring rows are mostly the same, and
/// the form of one takes long to find (RFC 5952).
/// </summary>
internal sealed class AddressTexts
{
    /// <summary>Bytes that an address is written to: those of the longest text, an IPv6 address that ends in an IPv4 one, or of an IPv4 address and what <see cref="Digits"/> writes behind it.</summary>
    public const int Room = 45;

    private const int Places = 1024;

    private (IpAddress Address, byte[]? Text)[]? _ipv6;

    /// <summary>Writes an address and returns the length of its text.</summary>
    /// <param name="address">The address.</param>
    /// <param name="text">At least <see cref="Room"/> bytes.</param>
    public int Write(IpAddress address, Span<byte> text)
    {
        if (!address.IsIpv4)
            return WriteIpv6(address, text);
        var value = address.Ipv4Value;
        var length = WriteOctet(value >> 24, text);
        length += WriteOctet((value >> 16) & byte.MaxValue, text[length..]);
        length += WriteOctet((value >> 8) & byte.MaxValue, text[length..]);
        return length + Digits.Write(value & byte.MaxValue, text[length..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteOctet(uint octet, Span<byte> text)
    {
        var length = Digits.Write(octet, text);
        text[length] = (byte)'.';
        return length + 1;
    }

    private int WriteIpv6(IpAddress address, Span<byte> text)
    {
        _ipv6 ??= new (IpAddress, byte[]?)[Places];
        ref var place = ref _ipv6[(uint)address.GetHashCode() % Places];
        if (place.Text is null || place.Address != address)
            place = (address, Encoding.ASCII.GetBytes(address.ToString()));
        place.Text.CopyTo(text);
        return place.Text.Length;
    }
}
