using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>What one flow says of who serves what to whom.</summary>
/// <param name="Server">Who answered.</param>
/// <param name="Client">Who asked.</param>
/// <param name="Transport">Transport.</param>
/// <param name="Port">Port of the server; 0 for a transport without ports.</param>
/// <param name="Protocol">Registry name of what it serves; null when only the port is known.</param>
/// <param name="Service">Finer name, or what is inside TLS; null unless proved or announced.</param>
/// <param name="BeganAs">What the conversation began with when it went over to another protocol; null
/// otherwise.</param>
/// <param name="Basis">What <paramref name="Protocol"/> rests on.</param>
/// <param name="ServiceBasis">What <paramref name="Service"/> rests on.</param>
/// <param name="Flow">The flow.</param>
internal readonly record struct ServiceUse(
    IpAddress Server,
    IpAddress Client,
    IpProtocol Transport,
    ushort Port,
    string? Protocol,
    string? Service,
    string? BeganAs,
    EvidenceBasis Basis,
    EvidenceBasis ServiceBasis,
    FlowRecord Flow)
{
    /// <summary>True for SMB that shares files or printers: the server let the client connect to such a share. Pipes,
    /// which every host with SMB has, and administrative shares are none. Where that lies before the capture, or
    /// encryption hides it, nothing shows what the session was for.</summary>
    public bool SharesFiles => Flow.Carried.Any(use => use.Kind == CarriedKind.Share);

    /// <summary>True when what the flow carried is the service that a mark asks for.</summary>
    public bool Carries(Mark mark) => (mark.Services.Contains(CarriedUse.FileShare) && SharesFiles)
        || (mark.Services.Contains(CarriedUse.DomainReferral)
            && Flow.Carried.Any(use => use.Kind == CarriedKind.Referral))
        || (mark.Services.Contains(CarriedUse.NetlogonChannel)
            && Flow.Carried.Any(use => use.Kind == CarriedKind.Channel));

    public ObservedService Thing => new(Transport, Port, Protocol, Service);

    /// <summary>
    /// What the flow says; null when it says nothing: no answer or acceptance, a guessed direction, or the end was
    /// opened for one purpose by a control channel (data of FTP, media, an address at a TURN relay, behind which
    /// somebody else is).
    /// </summary>
    public static ServiceUse? Of(FlowRecord flow)
    {
        if (!IsHost(flow.Originator.Address) || flow.Transport.IsIcmp || flow.Declined is not null)
            return null;
        if (!IsHost(flow.Responder.Address))
            return OfAnswerToAll(flow);
        if (flow.Announcement?.Announcement is { IsStanding: false } opened)
            return OfAnswer(flow, opened.AnnouncedBy, opened.Announcer, opened.Server);
        if (flow.DirectionBasis == DirectionBasis.FirstPacket)
            return null;

        var isProved = flow.ProtocolBasis >= IdentificationBasis.Handshake;
        var isWhole = flow.In.PayloadBytes > 0 && (flow.Out.PayloadBytes > 0 || AnswersGroup(flow));
        if (isWhole ? flow.Outcome.Stopped() : !isProved || !IsHalfSeen(flow))
            return null;
        var basis = isWhole ? BasisOf(flow.ProtocolBasis) : EvidenceBasis.OneDirection;
        var serviceBasis = isWhole ? BasisOf(flow.ServiceBasis) : EvidenceBasis.OneDirection;

        // Who hands a conversation on (CONNECT, SOCKS) serves what asked for that, not what is behind it.
        var hands = ProtocolRegistry.Find(flow.StartedAs) is { IsProxy: true };
        return new ServiceUse(
            flow.Responder.Address,
            flow.Originator.Address,
            flow.Transport,
            flow.Transport.HasPorts ? flow.Responder.Port : (ushort)0,
            hands ? flow.StartedAs : basis == EvidenceBasis.Port ? null : flow.Protocol,
            hands || serviceBasis == EvidenceBasis.Port || flow.ServiceBasis < IdentificationBasis.Announced
                ? null
                : flow.Service,
            hands ? null : flow.StartedAs,
            hands ? EvidenceBasis.Payload : basis,
            serviceBasis,
            flow);
    }

    /// <summary>True when the flow asked for something that was not to be had, or for nothing: what scanners
    /// do.</summary>
    public static bool IsProbe(FlowRecord flow) =>
        flow.Outcome.Stopped() || flow.Outcome == Outcome.HalfOpen || flow.Declined is not null
        || (flow.Transport == IpProtocol.Tcp && flow.Outcome.Passed()
            && flow.In.Packets > 0 && flow.In.PayloadBytes == 0 && flow.KnowsPayloadBytes);

    private static bool IsHost(IpAddress address) => address.IsUnicast && !address.IsUnspecified;

    /// <summary>An answer from another port than was asked (TFTP, RFC 1350 §4) proves who serves it, at the port that
    /// was asked.</summary>
    private static ServiceUse? OfAnswer(FlowRecord flow, string announcedBy, Endpoint announcer, Endpoint asker)
    {
        if (flow.Protocol != announcedBy || !flow.Outcome.Passed()
            || flow.ProtocolBasis < IdentificationBasis.Handshake)
            return null;
        return new ServiceUse(announcer.Address, asker.Address, flow.Transport, announcer.Port, flow.Protocol, null,
            null, EvidenceBasis.Payload, EvidenceBasis.Port, flow);
    }

    /// <summary>A server of DHCP answers who has no address yet by broadcast (RFC 2131 §4.1); relays do so for
    /// it.</summary>
    private static ServiceUse? OfAnswerToAll(FlowRecord flow)
    {
        if (flow.ProtocolBasis != IdentificationBasis.Payload
            || ProtocolRegistry.Find(flow.Protocol)?.AnswersToAll is not { } ports
            || (flow.Originator.Port, flow.Responder.Port) != ports)
            return null;
        return new ServiceUse(flow.Originator.Address, flow.Responder.Address, flow.Transport, ports.Server,
            flow.Protocol, null, null, AnswersGroup(flow) ? EvidenceBasis.Payload : EvidenceBasis.OneDirection,
            EvidenceBasis.Port, flow);
    }

    /// <summary>True when the request, a separate flow to a group, was seen too.</summary>
    private static bool AnswersGroup(FlowRecord flow) => flow.RequestedAt is { Address.IsUnicast: false };

    // One side of TCP carries data only after both agreed; of datagrams only those of the server show that there is
    // one.
    private static bool IsHalfSeen(FlowRecord flow) => flow.Transport == IpProtocol.Tcp
        ? flow.Outcome == Outcome.OneWay && flow.Out.PayloadBytes + flow.In.PayloadBytes > 0
        : flow.In.PayloadBytes > 0 && flow.Out.Packets == 0;

    private static EvidenceBasis BasisOf(IdentificationBasis basis) => basis switch
    {
        IdentificationBasis.Payload => EvidenceBasis.Payload,
        IdentificationBasis.Handshake => EvidenceBasis.Handshake,
        IdentificationBasis.Announced => EvidenceBasis.Announced,
        IdentificationBasis.Behaviour or IdentificationBasis.Port or IdentificationBasis.None => EvidenceBasis.Port,
    };
}
