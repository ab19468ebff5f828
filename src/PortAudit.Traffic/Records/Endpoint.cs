using System.Globalization;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>Address and port of one side of a flow.</summary>
/// <param name="Address">Network address.</param>
/// <param name="Port">Transport port; for ICMP the type (originator) or the code (responder); 0 where the protocol has
/// no ports.</param>
public readonly record struct Endpoint(IpAddress Address, ushort Port) : IComparable<Endpoint>
{
    /// <inheritdoc />
    public int CompareTo(Endpoint other)
    {
        var byAddress = Address.CompareTo(other.Address);
        return byAddress != 0 ? byAddress : Port.CompareTo(other.Port);
    }

    /// <summary>Address and port; an IPv6 address in brackets (RFC 3986 §3.2.2).</summary>
    public override string ToString() => Address.IsIpv4
        ? string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{Port}");
}
