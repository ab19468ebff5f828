using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Rows;

/// <summary>Writes addresses like <see cref="IpAddress.ToString"/>. Recent IPv6 texts are cached: neighbouring rows
/// mostly share hosts, and RFC 5952 formatting is slow.</summary>
internal sealed class AddressTexts
{
    /// <summary>Bytes that an address is written to: those of the longest text, an IPv6 address that ends in an IPv4
    /// one, or of an IPv4 address and what <see cref="Digits"/> writes behind it.</summary>
    public const int Room = IpAddress.MaximumTextLength;

    private const int Slots = 1024;

    /// <summary>The IPv6 addresses whose texts are kept, and the lengths of these; 0 where there is none.</summary>
    private (IpAddress Address, int Length)[] _ipv6 = [];

    /// <summary>Their texts, each in <see cref="Room"/> bytes.</summary>
    private byte[] _texts = [];

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
        if (_ipv6.Length == 0)
            (_ipv6, _texts) = (new (IpAddress, int)[Slots], new byte[Slots * Room]);
        var slot = (int)((uint)address.GetHashCode() % Slots);
        var kept = _texts.AsSpan(slot * Room, Room);
        ref var known = ref _ipv6[slot];
        if (known.Length == 0 || known.Address != address)
            known = (address, address.WriteText(kept));
        kept[..known.Length].CopyTo(text);
        return known.Length;
    }
}
