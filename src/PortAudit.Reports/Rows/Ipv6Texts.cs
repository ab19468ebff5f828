using System.Text;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Rows;

/// <summary>The text forms of the IPv6 addresses that were written lately: the hosts of neighbouring rows are mostly the same, and the form of one takes long to find (RFC 5952).</summary>
internal sealed class Ipv6Texts
{
    private const int Places = 1024;

    private readonly (IpAddress Address, byte[]? Text)[] _places = new (IpAddress, byte[]?)[Places];

    /// <summary>The text form of an address in ASCII.</summary>
    public ReadOnlySpan<byte> Of(IpAddress address)
    {
        ref var place = ref _places[(uint)address.GetHashCode() % Places];
        if (place.Text is null || place.Address != address)
            place = (address, Encoding.ASCII.GetBytes(address.ToString()));
        return place.Text;
    }
}
