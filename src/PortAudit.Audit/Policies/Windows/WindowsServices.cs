using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>Services of a rule, with what else has to hold for them.</summary>
/// <param name="Services">The services.</param>
/// <param name="Conditions">Conditions of port keywords.</param>
/// <param name="Label">What tells it from the other parts of the rule; empty for the first.</param>
internal sealed record ServicePart(ImmutableArray<ServiceMatch> Services, ImmutableArray<PolicyCondition> Conditions,
    string Label);

/// <summary>Reads protocol, ports and ICMP types.</summary>
internal static class WindowsServices
{
    /// <summary>Stands for any protocol ([MS-FASP] FW_IP_PROTOCOL_ANY).</summary>
    private const int AnyProtocol = 256;

    private static readonly FrozenDictionary<string, byte> Protocols = new Dictionary<string, byte>
    {
        ["hopopt"] = 0,
        ["icmp"] = 1,
        ["icmpv4"] = 1,
        ["igmp"] = 2,
        ["ipip"] = 4,
        ["tcp"] = 6,
        ["egp"] = 8,
        ["udp"] = 17,
        ["ipv6"] = 41,
        ["ipv6route"] = 43,
        ["ipv6frag"] = 44,
        ["rsvp"] = 46,
        ["gre"] = 47,
        ["esp"] = 50,
        ["ah"] = 51,
        ["icmpv6"] = 58,
        ["icmp6"] = 58,
        ["ipv6nonxt"] = 59,
        ["ipv6opts"] = 60,
        ["ospf"] = 89,
        ["pim"] = 103,
        ["vrrp"] = 112,
        ["pgm"] = 113,
        ["l2tp"] = 115,
        ["sctp"] = 132,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads the services of a rule. Port keywords whose ports depend on the host become parts of their own.
    /// </summary>
    /// <param name="record">The rule.</param>
    /// <param name="isInbound">Its direction: inbound, the local port is the destination.</param>
    /// <param name="problem">Receives a line and why a part is not known.</param>
    public static IReadOnlyList<ServicePart> Read(WindowsRecord record, bool isInbound, Action<int, string> problem)
    {
        var text = record.Of(WindowsField.Protocol);
        var line = record.LineOf(WindowsField.Protocol);
        if (ProtocolsOf(text, out var details) is not { } protocols)
        {
            problem(line, $"unknown protocol '{ConfigurationText.Shown(text)}'");
            return [new ServicePart([ServiceMatch.Unknown], [], "")];
        }

        if (protocols.Ranges is [var only] && only.First == only.Last)
        {
            var protocol = new IpProtocol(only.First);
            // PowerShell shows LocalPort "RPC" for ICMP rules; ports of a protocol without ports mean nothing.
            if (protocol.IsIcmp)
                return [new ServicePart(Messages(record, protocols, details, problem), [], "")];
            if (!protocol.HasPorts)
                return [new ServicePart([ServiceMatch.Of(protocol)], [], "")];
        }

        var (to, from) = isInbound ? (WindowsField.LocalPort, WindowsField.RemotePort)
            : (WindowsField.RemotePort, WindowsField.LocalPort);
        var destinations = Ports(record, to, WindowsField.Port, problem);
        var sources = Ports(record, from, null, problem);
        var parts = new List<ServicePart>();
        foreach (var destination in destinations)
        {
            foreach (var source in sources)
                parts.Add(Part(protocols, AsSource(source), destination, parts.Count));
        }

        if (!protocols.IsAll || parts is [{ Services: [{ HasPorts: false }], Conditions: [] }])
            return parts;
        problem(line, "ports without TCP or UDP");
        return [new ServicePart([ServiceMatch.Unknown], [], "")];
    }

    private static IReadOnlyList<PortChoice> Ports(WindowsRecord record, WindowsField field, WindowsField? instead,
        Action<int, string> problem)
    {
        if (instead is { } other && !record.Has(field) && record.Has(other))
            field = other;
        var reasons = new List<string>();
        var ports = WindowsPorts.Read(record, field, reasons);
        foreach (var reason in reasons)
            problem(record.LineOf(field), reason);
        return ports;
    }

    /// <summary>What is known of RPC ports is about the receiver's; of the sender's nothing is.</summary>
    private static PortChoice AsSource(PortChoice choice) => choice.Condition?.Kind == ConditionKind.RpcPort
        ? new PortChoice(IntervalSet.All<ushort>(), choice.Condition with { Kind = ConditionKind.Other })
        : choice;

    private static ServicePart Part(IntervalSet<byte> protocols, PortChoice source, PortChoice destination, int number)
    {
        var service = ServiceMatch.OfProtocols(protocols) with
        {
            SourcePorts = source.Ports,
            DestinationPorts = destination.Ports,
        };
        PolicyCondition?[] conditions = [destination.Condition, source.Condition];
        return new ServicePart([service], [.. conditions.OfType<PolicyCondition>()],
            number == 0 ? "" : $" (part {number + 1})");
    }

    /// <summary>The protocols of a word or number; <paramref name="details"/> is what stands behind a colon, as in
    /// <c>icmpv4:8,any</c>. Null when unknown.</summary>
    private static IntervalSet<byte>? ProtocolsOf(string text, out string details)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        (text, details) = colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..]);
        if (WindowsWords.IsAny(text))
            return IntervalSet.All<byte>();
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number == AnyProtocol ? IntervalSet.All<byte>()
                : number < AnyProtocol ? IntervalSet.Of((byte)number) : null;
        }

        return Protocols.TryGetValue(WindowsWords.Fold(text), out var known) ? IntervalSet.Of(known) : null;
    }

    /// <summary>ICMP messages: <c>8</c>, <c>3:4</c>, <c>8:Any</c>, and of netsh <c>8,any</c>.</summary>
    private static ImmutableArray<ServiceMatch> Messages(WindowsRecord record, IntervalSet<byte> protocols,
        string details, Action<int, string> problem)
    {
        var any = ServiceMatch.OfProtocols(protocols);
        IEnumerable<string> items = details.Length > 0
            ? [details.Replace(',', ':').Replace(" ", "", StringComparison.Ordinal)]
            : record.Items(WindowsField.IcmpType);
        var messages = ImmutableArray.CreateBuilder<ServiceMatch>();
        foreach (var item in items)
        {
            var colon = item.IndexOf(':', StringComparison.Ordinal);
            var (type, code) = colon < 0 ? (item, "") : (item[..colon], item[(colon + 1)..]);
            if (WindowsWords.IsAny(type))
                return [any];
            if (Numbers(type) is { } types && Numbers(code) is { } codes)
                messages.Add(any with { IcmpTypes = types, IcmpCodes = codes });
            else
            {
                problem(record.LineOf(WindowsField.IcmpType), $"unknown ICMP type '{ConfigurationText.Shown(item)}'");
                messages.Add(any with { IcmpTypes = IntervalSet.Empty<byte>(), IsOpen = true });
            }
        }

        return messages.Count == 0 ? [any] : messages.ToImmutable();
    }

    private static IntervalSet<byte>? Numbers(string text)
    {
        if (WindowsWords.IsAny(text))
            return IntervalSet.All<byte>();
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
            return Number(text, out var number) ? IntervalSet.Of(number) : null;
        return Number(text[..dash], out var first) && Number(text[(dash + 1)..], out var last) && first <= last
            ? IntervalSet.Of(first, last) : null;
    }

    private static bool Number(string text, out byte number) =>
        byte.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
