using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies;

/// <summary>Which zone or interface of a device an address lies behind, by the networks that its configuration
/// names.</summary>
/// <param name="zones">The zones.</param>
internal sealed class ZoneMap(ImmutableArray<PolicyZone> zones)
{
    /// <summary>The zone whose network is the narrowest of those that hold the address, as routing would choose; null
    /// when none does or several are equally narrow.</summary>
    public string? Find(IpAddress address)
    {
        var number = AddressSet.Number(address);
        string? found = null;
        var width = UInt128.MaxValue;
        foreach (var zone in zones)
        {
            if (WidthAround(zone.Networks, number) is not { } other || other > width)
                continue;
            found = other < width || found is null || IsSame(found, zone.Name) ? zone.Name : null;
            width = other;
        }

        return found;
    }

    private static bool IsSame(string first, string second) =>
        string.Equals(first, second, StringComparison.OrdinalIgnoreCase);

    private static UInt128? WidthAround(IntervalSet<UInt128> networks, UInt128 number)
    {
        if (!networks.Contains(number))
            return null;
        foreach (var range in networks.Ranges)
        {
            if (range.Contains(number))
                return range.Last - range.First;
        }

        return null;
    }
}
