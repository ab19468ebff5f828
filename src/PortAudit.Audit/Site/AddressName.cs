using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Site;

/// <summary>Names of hosts of which nothing but the address is known.</summary>
public static class AddressName
{
    /// <summary>The name in a proposed site file: <c>host-192-0-2-1</c>. Reports show the address instead.</summary>
    public static string Of(IpAddress address) =>
        $"host-{address.ToString().Replace('.', '-').Replace(':', '-')}";
}
