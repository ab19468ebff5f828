using System.Globalization;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>Ports of a rule that share a condition.</summary>
/// <param name="Ports">The ports.</param>
/// <param name="Condition">What else has to hold; null for numbers.</param>
internal sealed record PortChoice(IntervalSet<ushort> Ports, PolicyCondition? Condition);

/// <summary>Reads lists of ports: numbers, ranges and keywords. A keyword stands for the ports that are in use for
/// something at the time ([MS-FASP] 2.2.14; New-NetFirewallRule -LocalPort and -RemotePort).</summary>
internal static class WindowsPorts
{
    /// <summary>Lowest port that Windows assigns by itself since Windows Vista; the highest is 65535 (RFC 6335 §6). An
    /// RPC service with a port of its own outside these is known only by what an endpoint mapper announces.</summary>
    public const ushort FirstDynamic = 49_152;

    private const ushort EndpointMapper = 135;
    private const ushort Https = 443;
    private const ushort MulticastDns = 5353;

    /// <summary>Keywords of one list that become rules of their own: there are eleven.</summary>
    private const int MaxKeywords = 16;

    /// <summary>Ports of DHCP clients (RFC 2131 §4.1, RFC 8415 §7.2).</summary>
    private static readonly IntervalSet<ushort> DhcpClients = IntervalSet.Of<ushort>(68)
        .Union(IntervalSet.Of<ushort>(546));

    private static readonly IntervalSet<ushort> All = IntervalSet.All<ushort>();

    /// <summary>Reads the ports of a property: one choice for all numbers, and one for each keyword with a condition.
    /// </summary>
    /// <param name="record">The rule.</param>
    /// <param name="field">The property.</param>
    /// <param name="reasons">Receives why a part is not known.</param>
    public static IReadOnlyList<PortChoice> Read(WindowsRecord record, WindowsField field, ICollection<string> reasons)
    {
        var ranges = new List<Interval<ushort>>();
        var others = new Dictionary<string, PortChoice>(StringComparer.Ordinal);
        var count = 0;
        foreach (var item in record.Items(field))
        {
            count++;
            if (WindowsWords.IsAny(item))
                return [new PortChoice(All, null)];
            if (Numbers(item) is { } set)
                ranges.AddRange(set.Ranges);
            else
                others.TryAdd(WindowsWords.Fold(item), Keyword(item, reasons));
        }

        if (count == 0)
            return [new PortChoice(All, null)];
        IReadOnlyList<PortChoice> choices = others.Count > MaxKeywords ? [Unknown("its ports")] : [.. others.Values];
        return ranges.Count > 0 ? [new PortChoice(IntervalSet.Of(ranges), null), .. choices] : choices;
    }

    private static IntervalSet<ushort>? Numbers(string item)
    {
        switch (WindowsWords.Fold(item))
        {
            case "rpcepmap" or "rpcendpointmapper":
                return IntervalSet.Of(EndpointMapper);
            case "iphttps" or "iphttpsin" or "iphttpsout" or "iptlsin" or "iptlsout":
                return IntervalSet.Of(Https);
            case "mdns":
                return IntervalSet.Of(MulticastDns);
        }

        var dash = item.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
            return Number(item, out var port) ? IntervalSet.Of(port) : null;
        return Number(item[..dash], out var first) && Number(item[(dash + 1)..], out var last) && first <= last
            ? IntervalSet.Of(first, last) : null;
    }

    private static bool Number(string text, out ushort port) =>
        ushort.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out port);

    private static PortChoice Keyword(string item, ICollection<string> reasons)
    {
        switch (WindowsWords.Fold(item))
        {
            case "rpc" or "rpcdynamicports" or "dynamicrpc":
                return new PortChoice(IntervalSet.Of(FirstDynamic, ushort.MaxValue),
                    new PolicyCondition(ConditionKind.RpcPort, "a port that the RPC run-time assigned"));
            case "teredo" or "playtodiscovery" or "ply2disc" or "cortanaout" or "proximaltcpcdp":
                return Unknown($"a port in use for {ConfigurationText.Shown(item)}");
            case "dhcp":
                return new PortChoice(DhcpClients,
                    new PolicyCondition(ConditionKind.Other, "the port of the DHCP client"));
            default:
                reasons.Add($"unknown port '{ConfigurationText.Shown(item)}'");
                return Unknown($"the port '{ConfigurationText.Shown(item)}'");
        }
    }

    private static PortChoice Unknown(string what) => new(All, new PolicyCondition(ConditionKind.Other, what));
}
