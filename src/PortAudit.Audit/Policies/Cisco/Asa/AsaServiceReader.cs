using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>Reads services: of <c>service-object</c> lines, of service objects, and of access list entries.</summary>
internal static class AsaServiceReader
{
    private const byte IcmpVersion6 = 58;

    /// <summary>Names that begin so, and those of protocols, are objects of the product itself
    /// (<c>object icmp-echo</c>).</summary>
    private const string IcmpPrefix = "icmp-";

    /// <summary>Takes <c>PROTOCOL [source OPERATOR] [[destination] OPERATOR]</c> or
    /// <c>icmp|icmp6 [TYPE [CODE]]</c>. Null when it cannot be read, with the reason.</summary>
    public static (ServiceMatch? Service, string? Fault) Read(WordCursor words)
    {
        var protocol = words.Next();
        if (!ProtocolNames.TryParse(protocol, out var protocols))
            return (null, $"unknown protocol '{ConfigurationText.Shown(protocol)}'");
        var service = ServiceMatch.OfProtocols(protocols);
        if (IsIcmp(protocols))
        {
            var fault = ReadIcmp(words, ref service);
            return (fault is null ? service : null, fault);
        }

        var isSource = false;
        while (!words.IsAtEnd)
        {
            if (words.Take("source"))
                isSource = true;
            else if (words.Take("destination"))
                isSource = false;
            else if (PortOperand.IsOperator(words.Keyword))
            {
                var operand = PortOperand.Read(words, hasSeveral: false);
                if (operand.Fault is not null)
                    return (null, operand.Fault);
                service = isSource
                    ? service with { SourcePorts = operand.Ports }
                    : service with { DestinationPorts = operand.Ports };
                isSource = false;
            }
            else
                return (null, $"unknown keyword '{ConfigurationText.Shown(words.Peek)}'");
        }

        return (service, null);
    }

    /// <summary>True for ICMP of one family alone.</summary>
    public static bool IsIcmp(IntervalSet<byte> protocols) =>
        protocols.Ranges is [var only] && only.First == only.Last && only.First is 1 or IcmpVersion6;

    /// <summary>Takes <c>[TYPE [CODE]]</c> when the next word is one.</summary>
    /// <returns>Why it cannot be read; null when it can, or nothing is there.</returns>
    public static string? ReadIcmp(WordCursor words, ref ServiceMatch service)
    {
        if (words.IsAtEnd)
            return null;
        var isVersion6 = service.Protocols.Contains(IcmpVersion6);
        if (!IcmpNames.TryParse(words.Peek, isVersion6, out var message))
            return $"unknown ICMP type '{ConfigurationText.Shown(words.Peek)}'";
        words.Next();
        var code = message.Code;
        if (byte.TryParse(words.Peek, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            code = number;
            words.Next();
        }

        service = service with
        {
            IcmpTypes = IntervalSet.Of(message.Type),
            IcmpCodes = code is { } known ? IntervalSet.Of(known) : IntervalSet.All<byte>(),
        };
        return null;
    }

    /// <summary>The service of an object of the product itself: <c>icmp-echo</c>, <c>ospf</c>. Null when the name is
    /// none.</summary>
    public static ServiceMatch? BuiltIn(string name)
    {
        if (ProtocolNames.TryParse(name, out var protocols))
            return ServiceMatch.OfProtocols(protocols);
        if (!name.StartsWith(IcmpPrefix, StringComparison.OrdinalIgnoreCase)
            || !IcmpNames.TryParse(name[IcmpPrefix.Length..], isVersion6: false, out var message))
            return null;
        return ServiceMatch.OfProtocols(IntervalSet.Of<byte>(1)) with { IcmpTypes = IntervalSet.Of(message.Type) };
    }

    /// <summary>The services of a group or object as an entry names it in the place of a protocol.</summary>
    public static ImmutableArray<ServiceMatch> OfGroup(GroupContent group)
    {
        var services = group.Kind == GroupKind.Protocol
            ? [ServiceMatch.OfProtocols(group.Numbers)]
            : group.Services;
        if (!group.Ports.IsEmpty)
            services = services.AddRange(Ports(group.Ports));
        return group.IsOpen ? services.Add(ServiceMatch.Unknown) : services;
    }

    /// <summary>Ports without a protocol are those of TCP and UDP.</summary>
    private static ServiceMatch Ports(IntervalSet<ushort> ports) =>
        ServiceMatch.OfProtocols(ProtocolNames.TcpAndUdp) with { DestinationPorts = ports };
}
