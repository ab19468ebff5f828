using System.Globalization;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>Reads protocols, ports and ICMP messages of access list entries and of object groups.</summary>
internal static class IosServiceReader
{
    private const byte Icmp = 1;
    private const byte IcmpVersion6 = 58;

    /// <summary>Reads a protocol; <c>icmp</c> in an IPv6 list is that of IPv6.</summary>
    public static bool TryReadProtocol(string word, bool isVersion6, out IntervalSet<byte> protocols)
    {
        if (!ProtocolNames.TryParse(word, out protocols))
            return false;
        if (isVersion6 && word.Equals("icmp", StringComparison.OrdinalIgnoreCase))
            protocols = IntervalSet.Of(IcmpVersion6);
        return true;
    }

    /// <summary>True for ICMP of one family alone.</summary>
    public static bool IsIcmp(IntervalSet<byte> protocols) =>
        protocols.Ranges is [var only] && only.First == only.Last && only.First is Icmp or IcmpVersion6;

    /// <summary>Takes <c>TYPE [CODE]</c> when the next word is a type.</summary>
    public static ServiceMatch ReadIcmp(WordCursor words, ServiceMatch service)
    {
        var isVersion6 = service.Protocols.Contains(IcmpVersion6);
        if (words.IsAtEnd || !IcmpNames.TryParse(words.Peek, isVersion6, out var message))
            return service;
        words.Next();
        var code = message.Code;
        if (byte.TryParse(words.Peek, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            code = number;
            words.Next();
        }

        return service with
        {
            IcmpTypes = IntervalSet.Of(message.Type),
            IcmpCodes = code is { } known ? IntervalSet.Of(known) : IntervalSet.All<byte>(),
        };
    }

    /// <summary>Reads a line of a service group: <c>tcp [source OPERATOR] [OPERATOR|PORT]</c>,
    /// <c>icmp [TYPE [CODE]]</c>.</summary>
    /// <returns>The service, or why it cannot be read.</returns>
    public static (ServiceMatch? Service, string? Fault) ReadMember(WordCursor words)
    {
        var protocol = words.Next();
        if (!TryReadProtocol(protocol, isVersion6: false, out var protocols))
            return (null, $"unknown protocol '{ConfigurationText.Shown(protocol)}'");
        var service = ServiceMatch.OfProtocols(protocols);
        if (IsIcmp(protocols))
            service = ReadIcmp(words, service);
        while (!words.IsAtEnd)
        {
            var isSource = words.Take("source");
            if (PortOperand.IsOperator(words.Keyword))
            {
                var operand = PortOperand.Read(words, hasSeveral: false);
                if (operand.Fault is not null)
                    return (null, operand.Fault);
                service = isSource
                    ? service with { SourcePorts = operand.Ports }
                    : service with { DestinationPorts = operand.Ports };
            }
            else if (!isSource && PortNames.TryParse(words.Peek, out var port))
            {
                words.Next();
                service = service with { DestinationPorts = IntervalSet.Of(port) };
            }
            else
                return (null, $"unknown keyword '{ConfigurationText.Shown(words.Peek)}'");
        }

        return (service, null);
    }
}
