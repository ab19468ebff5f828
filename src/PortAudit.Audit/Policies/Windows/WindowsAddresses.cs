using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>Reads lists of addresses: addresses, prefixes (<c>10.0.0.0/8</c>), masks
/// (<c>10.0.0.0/255.0.0.0</c>), ranges (<c>10.0.0.1-10.0.0.9</c>) and keywords ([MS-FASP] 2.2.21, 2.2.22;
/// New-NetFirewallRule -RemoteAddress).</summary>
/// <param name="known">Addresses of keywords and groups.</param>
internal sealed class WindowsAddresses(KnownAddresses known)
{
    /// <summary>Names of open parts that are kept.</summary>
    private const int MaxNames = 8;

    /// <summary>Keywords for addresses that the host knows at the time: its networks, servers and gateways.</summary>
    private static readonly FrozenSet<string> Keywords = new[]
    {
        "localsubnet", "dns", "dnsservers", "dhcp", "dhcpservers", "wins", "winsservers", "defaultgateway", "internet",
        "intranet", "remoteintranet", "remotecorpnetwork", "remotecorp", "playtodevice", "playtodevices",
        "playtorenderers", "captiveportal", "internallocaladdresses",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads the addresses of a property.</summary>
    /// <param name="record">The rule.</param>
    /// <param name="field">The property.</param>
    /// <param name="reasons">Receives why a part is not known.</param>
    public AddressMatch Read(WindowsRecord record, WindowsField field, ICollection<string> reasons)
    {
        var ranges = new List<Interval<UInt128>>();
        var names = new List<string>();
        var count = 0;
        foreach (var item in record.Items(field))
        {
            count++;
            if (WindowsWords.IsAny(item))
                return AddressMatch.Any;
            if (Known(item) is { } set)
                ranges.AddRange(set.Ranges);
            else
                names.Add(ConfigurationText.Shown(item));
        }

        if (count == 0)
            return AddressMatch.Any;
        foreach (var name in names.Distinct().Take(MaxNames))
            reasons.Add(ReasonOf(name));
        return new AddressMatch(IntervalSet.Of(ranges), names.Count > 0)
        {
            OpenNames = names.Count > 0 ? string.Join(", ", names.Distinct().Take(MaxNames)) : null,
        };
    }

    private static string ReasonOf(string name)
    {
        var word = WindowsWords.Fold(name);
        if (Keywords.Contains(word.TrimEnd('4', '6')))
            return $"which addresses '{name}' are depends on the host";
        return name.Length > 0 && (char.IsAsciiDigit(name[0]) || name.Contains(':', StringComparison.Ordinal))
            ? $"'{name}' is no address"
            : $"the file does not say which addresses '{name}' are";
    }

    private IntervalSet<UInt128>? Known(string item)
    {
        if (known.Find(item) is { } named)
            return named;
        if (item.IndexOf('-', StringComparison.Ordinal) is var dash and > 0)
            return Parse(item[..dash], out var first) && Parse(item[(dash + 1)..], out var last)
                && first.IsIpv4 == last.IsIpv4 && first.CompareTo(last) <= 0 ? AddressSet.Of(first, last) : null;
        if (item.IndexOf('/', StringComparison.Ordinal) is var slash and > 0)
            return Parse(item[..slash], out var network) ? Masked(network, item[(slash + 1)..].Trim()) : null;
        return Parse(item, out var address) ? AddressSet.Of(address) : null;
    }

    private static IntervalSet<UInt128>? Masked(IpAddress network, string mask)
    {
        if (int.TryParse(mask, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            return length <= (network.IsIpv4 ? 32 : 128) ? AddressSet.Of(new Prefix(network, length)) : null;
        return network.IsIpv4 && Parse(mask, out var bits) && bits.IsIpv4
            ? AddressSet.OfWildcard(network.Ipv4Value, ~bits.Ipv4Value) : null;
    }

    /// <summary>An address in its usual form; numbers with leading zeros are refused, since programs differ on whether
    /// they are octal.</summary>
    private static bool Parse(string text, out IpAddress address)
    {
        address = default;
        text = text.Trim();
        return IpAddress.TryParse(text, out address)
            && (text.Contains(':', StringComparison.Ordinal) || IPAddress.Parse(text).ToString() == text);
    }
}
