using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Model;

/// <summary>Services in words.</summary>
public static class ServiceText
{
    /// <summary>Services that a text lists at most.</summary>
    private const int MaxListed = 8;

    /// <summary>For example <c>tcp 80,443; udp 53</c>.</summary>
    public static string Of(ImmutableArray<ServiceMatch> services)
    {
        var shown = string.Join("; ", services.Take(MaxListed).Select(Of));
        return services.Length <= MaxListed
            ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{shown} and {services.Length - MaxListed} more");
    }

    /// <summary>For example <c>tcp 80,443</c>, <c>icmp type 8</c>, <c>any protocol</c>.</summary>
    public static string Of(ServiceMatch service)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (service is { IsOpen: true, Protocols.IsEmpty: true })
            return "unknown";
        var text = Protocols(service.Protocols);
        if (!service.SourcePorts.IsAll)
            text += $" from port {Ports(service.SourcePorts)}";
        if (!service.DestinationPorts.IsAll)
            text += $" {Ports(service.DestinationPorts)}";
        if (!service.IcmpTypes.IsAll)
            text += $" type {service.IcmpTypes}";
        return service.IcmpCodes.IsAll ? text : $"{text} code {service.IcmpCodes}";
    }

    /// <summary>For example <c>tcp</c>, <c>tcp,udp</c>, <c>any protocol</c>.</summary>
    public static string Protocols(IntervalSet<byte> protocols)
    {
        ArgumentNullException.ThrowIfNull(protocols);
        if (protocols.IsAll)
            return "any protocol";
        return string.Join(',', protocols.Ranges.Take(MaxListed).Select(range => range.First == range.Last
            ? new IpProtocol(range.First).ToString()
            : string.Create(CultureInfo.InvariantCulture, $"protocols {range.First}-{range.Last}")));
    }

    /// <summary>For example <c>80,443</c>, <c>1024-65535</c>, <c>any port</c>.</summary>
    public static string Ports(IntervalSet<ushort> ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        return ports.IsAll ? "any port" : ports.IsEmpty ? "no port" : ports.ToString();
    }
}
