using System.Net;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Rows;

/// <summary>The text forms of the IPv6 addresses that were written lately: the hosts of neighbouring rows are mostly the same, and the form of one takes long to find (RFC 5952).</summary>
internal sealed class Ipv6Texts
{
    private const int Places = 1024;
    private const int AddressBytes = 16;

    /// <summary>An address with an embedded IPv4 address has the longest form.</summary>
    private const int MaximumText = 45;

    private readonly (IpAddress Address, byte[]? Text)[] _places = new (IpAddress, byte[]?)[Places];

    /// <summary>The text form of an address in ASCII.</summary>
    public ReadOnlySpan<byte> Of(IpAddress address)
    {
        ref var place = ref _places[(uint)address.GetHashCode() % Places];
        if (place.Text is null || place.Address != address)
            place = (address, TextOf(address));
        return place.Text;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[] TextOf(IpAddress address)
    {
        Span<byte> network = stackalloc byte[AddressBytes];
        Span<byte> text = stackalloc byte[MaximumText];
        new IPAddress(network[..address.CopyTo(network)]).TryFormat(text, out var length);
        return text[..length].ToArray();
    }
}
