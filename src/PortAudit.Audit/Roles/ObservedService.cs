using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>Something that a host serves, whether or not a sign names it. What bytes proved comes before what only a
/// port says.</summary>
/// <param name="Transport">Transport.</param>
/// <param name="Port">Port; 0 for a transport without ports.</param>
/// <param name="Protocol">Registry name; null when only the port is known.</param>
/// <param name="Service">Finer name, or what is inside TLS; null when unknown.</param>
public readonly record struct ObservedService(IpProtocol Transport, ushort Port, string? Protocol,
    string? Service) : IComparable<ObservedService>
{
    /// <inheritdoc />
    public int CompareTo(ObservedService other)
    {
        var order = (Protocol is null).CompareTo(other.Protocol is null);
        if (order == 0)
            order = string.CompareOrdinal(Protocol, other.Protocol);
        if (order == 0)
            order = string.CompareOrdinal(Service, other.Service);
        if (order == 0)
            order = Transport.CompareTo(other.Transport);
        return order != 0 ? order : Port.CompareTo(other.Port);
    }

    /// <summary>True for a protocol that it shows a server of. Remote control inside a protocol that does other things,
    /// too, as WinRM inside HTTP, shows none of that protocol, but one of remote control.</summary>
    /// <param name="protocol">Its protocol, its service, or what the conversation began with.</param>
    internal bool Shows(string? protocol) =>
        Service is not { } service || service == protocol || !RemoteControl.IsName(service);

    /// <summary>True when it is what <paramref name="mark"/> asks for.</summary>
    public bool Meets(Mark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return mark.Covers(Transport, Port)
            && (mark.Protocols.IsEmpty || IsOneOf(mark, Service)
                || (IsOneOf(mark, Protocol) && (!mark.Services.IsEmpty || Shows(Protocol))))
            && (mark.Services.IsEmpty || mark.Services.Any(IsCarried)
                || (Service is not null && mark.Services.Contains(Service, StringComparer.OrdinalIgnoreCase)));
    }

    internal static ObservedService Persisted(StateArchive archive, ObservedService thing) =>
        new(archive.Transport(thing.Transport), archive.Port(thing.Port), archive.TextOrNull(thing.Protocol),
            archive.TextOrNull(thing.Service));

    /// <summary>True for what a flow shows besides its service, which the service alone does not give.</summary>
    private static bool IsCarried(string service) =>
        service is CarriedUse.FileShare or CarriedUse.DomainReferral or CarriedUse.NetlogonChannel;

    private static bool IsOneOf(Mark mark, string? name) =>
        name is not null && ProtocolKinship.Accepts(mark.Protocols, name);

    /// <summary>For a reader: <c>dcerpc (samr) on tcp 49154</c>. A service may be text from the network.</summary>
    public override string ToString()
    {
        var where = Transport.HasPorts
            ? string.Create(CultureInfo.InvariantCulture, $"{Transport} {Port}")
            : Transport.ToString();
        return $"{Protocol ?? "something"}{(Service is null ? "" : $" ({Service})")} on {where}";
    }
}
