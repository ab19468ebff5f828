using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Protocols.RemoteControl;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Observation;

/// <summary>Makes flow records from the flow table and what is kept elsewhere: announcements, hop limits, names of
/// capture points and tunnels.</summary>
internal sealed class FlowRecordBuilder(
    FlowDetailPool details,
    HopLimitObserver hopLimits,
    PointTable points,
    TunnelTable tunnels,
    ByteTimeTable? byteTimes,
    BehaviourTable? behaviours
)
{
    private readonly HistoryTexts _histories = new();

    /// <summary>The number of a flow, constant from its first packet on.</summary>
    public ulong IdOf(ref readonly Flow flow)
    {
        ref readonly var key = ref flow.Key;
        var incarnations = details.Find(in flow)?.Incarnations ?? 0;
        return FlowIdHash.Of(key, flow.StartNs, points.NameOf(key.Point), tunnels.DigestOf(key.Tunnel), incarnations);
    }

    /// <summary><see cref="FlowDetail.Incarnations"/> of a flow that follows <paramref name="ending"/>, which has the
    /// same key.</summary>
    public int IncarnationsBehind(in Flow ending, long startNs) =>
        ending.StartNs == startNs ? (details.Find(in ending)?.Incarnations ?? 0) + 1 : 0;

    /// <summary>The record of a flow, ended or active. Its identification is finished and its direction
    /// settled.</summary>
    public FlowRecord RecordOf(ref readonly Flow flow, int slot, AnnouncementMatch? announcement, long latestNs)
    {
        var detail = details.Find(in flow);
        var reset = hopLimits.ResetOf(in flow);
        var outcome = OutcomeOf.Decide(in flow, detail, reset, latestNs - flow.LastNs);
        var (originator, responder) = EndpointsOf(in flow);
        var (protocol, protocolBasis) = ProtocolOf(in flow, responder.Port, announcement?.Announcement);
        return new FlowRecord
        {
            Id = IdOf(in flow),
            CapturePoint = points.NameOf(flow.Key.Point),
            PointIndex = flow.Key.Point,
            Capture = flow.Capture,
            StartNs = flow.StartNs,
            EndNs = flow.LastNs,
            TimestampDigits = flow.TimestampDigits,
            Transport = flow.Key.Transport,
            Vlan = flow.Key.Vlan,
            Originator = originator,
            Responder = responder,
            DirectionBasis = flow.Basis,
            Outcome = outcome,
            Answer = AnswerOf(in flow),
            History = _histories.Of(flow.History, flow.Originator, flow.Has(FlowFlags.Flipped)),
            Out = CountersOf(flow.Of(flow.Originator)),
            In = CountersOf(flow.Of(flow.Responder)),
            SynCount = flow.SynCount,
            Protocol = protocol,
            ProtocolBasis = protocolBasis,
            ProtocolFrame = IsProved(in flow, announcement?.Announcement) ? details.ProtocolFrameOf(in flow) : null,
            Level = flow.Level,
            TunnelNumber = flow.Key.Tunnel,
            Extras = ExtrasOf(in flow, detail, announcement, outcome, reset, responder.Address, protocol),
            ByteTimes = byteTimes?.Of(slot),
            Behaviour = behaviours?.Of(slot, in flow, detail is { DeclinedRow: > 0 }),
        };
    }

    private FlowExtras ExtrasOf(
        ref readonly Flow flow,
        FlowDetail? detail,
        AnnouncementMatch? announcement,
        Outcome outcome,
        in FlowReset? reset,
        IpAddress responder,
        string? protocol
    )
    {
        var hasTunnel = flow.Key.Tunnel != TunnelTable.NoTunnel;
        var quotesSeenFlow = flow.Has(FlowFlags.QuotesSeenFlow);
        if (detail is null && announcement is null && reset is null && !IsStopped(outcome) && !hasTunnel
            && !quotesSeenFlow)
            return FlowExtras.None;
        var (service, serviceBasis) = ServiceOf(detail, protocol, announcement?.Announcement);
        var tls = detail is { Notes: { } notes } ? TlsNoteReader.Read(notes.AsSpan(0, detail.NotesLength)) : null;
        if (service is null && tls is not null && AnyDeskCertificates.AreIn(tls))
            (service, serviceBasis) = (AnyDeskCertificates.Service, IdentificationBasis.Handshake);
        var (stoppedBy, stoppedHow) = StopOf(in flow, outcome, detail, reset, responder);
        return new FlowExtras
        {
            StoppedBy = stoppedBy,
            StoppedHow = stoppedHow,
            IcmpReason = stoppedHow is null ? IcmpReason.None : IcmpReasonOf(in flow, detail),
            Reset = reset,
            OutcomeFrame = OutcomeFrameOf(in flow, outcome, detail, reset),
            Streams = StreamsOf(in flow, detail),
            Duplicates = detail?.Duplicates ?? 0,
            Service = service,
            ServiceBasis = serviceBasis,
            Announcement = announcement,
            StartedAs = detail is { StartedAsRow: > 0 } ? ProtocolRegistry.Rows[detail.StartedAsRow - 1].Name : null,
            Declined = DeclinedIn(detail, protocol),
            Tls = tls,
            Refusal = detail?.Refusal,
            Credentials = CredentialsOf(detail),
            QuotesSeenFlow = quotesSeenFlow,
            Tunnel = tunnels.TextOf(flow.Key.Tunnel),
            ParentId = detail?.Parent ?? 0,
            LostData = detail?.Watch?.LostOf(flow.Originator),
            SessionLoss = detail?.Watch?.LossOf(flow.Originator),
            IsFragmented = detail is not null && (detail.LowFragments != default || detail.HighFragments != default),
            FragmentLoss = FragmentLossOf(in flow, detail),
            Trace = detail?.Trace?.ToRecord(in flow),
            IsOfferProbe = detail is { IsOfferProbe: true },
            RequestedAt = detail is { RequestedAt.Port: > 0 } ? detail.RequestedAt : null,
            Frames = detail is { Frames: { } frames } ? [.. frames.AsSpan(0, detail.FrameCount)] : [],
            Carried = detail is { Carried: { Count: > 0 } carried } ? [.. carried] : [],
            CarriedNames = detail is { CarriedNames: { } names } ? [.. names.Select(name => name.ToRecord())] : [],
        };
    }

    private static string? DeclinedIn(FlowDetail? detail, string? protocol) => detail switch
    {
        { DeclinedRow: > 0 } => ProtocolRegistry.Rows[detail.DeclinedRow - 1].Name,
        { Refusal.Reason: RefusalReason.NeedsTls } => protocol,
        _ => null,
    };

    private static bool IsStopped(Outcome outcome) => outcome is Outcome.Refused or Outcome.Rejected;

    private static (Endpoint Originator, Endpoint Responder) EndpointsOf(ref readonly Flow flow)
    {
        ref readonly var key = ref flow.Key;
        var (originator, responder) = (flow.Originator, flow.Responder);
        if (!key.Transport.IsIcmp)
            return (key.EndpointOf(originator), key.EndpointOf(responder));
        var type = key.LowPort;
        return (new Endpoint(key.AddressOf(originator), type), new Endpoint(key.AddressOf(responder), flow.IcmpCode));
    }

    private static DirectionCounters CountersOf(in FlowSide side) => new(side.Packets, side.Bytes, side.PayloadBytes);

    private static StreamPair? StreamsOf(ref readonly Flow flow, FlowDetail? detail)
    {
        if (detail?.Ledger is not { } ledger)
            return null;
        return StreamPair.Of(
            ledger.Of(flow.Originator).ToCounters(),
            ledger.Of(flow.Responder).ToCounters()
        );
    }

    private static FragmentLoss? FragmentLossOf(ref readonly Flow flow, FlowDetail? detail)
    {
        if (detail is null)
            return null;
        var isLow = flow.Originator == Side.Low;
        return SentFragments.LossOf(isLow ? detail.LowFragments : detail.HighFragments,
            isLow ? detail.HighFragments : detail.LowFragments);
    }

    private static AnswerDelay AnswerOf(ref readonly Flow flow)
    {
        if (flow.Key.Transport == IpProtocol.Tcp && !OutcomeOf.HasSyn(in flow))
            return default;
        return flow.Originator == Side.Low ? flow.Answer : flow.Answer.Turn();
    }

    private static (string? Protocol, IdentificationBasis Basis) ProtocolOf(
        ref readonly Flow flow,
        ushort responderPort,
        Announcement? announcement
    )
    {
        if (IsProved(in flow, announcement))
            return (ProtocolRegistry.Rows[flow.ProtocolRow - 1].Name, IdentificationBasis.Payload);
        var transport = flow.Key.Transport;
        if (ProtocolRegistry.ByTransport(transport) is { } named)
            return (named.Name, IdentificationBasis.Payload);
        if (announcement?.Protocol is { } announced)
            return (announced, IdentificationBasis.Announced);
        var registered = transport.HasPorts ? ProtocolRegistry.ByPort(transport, responderPort) : null;
        return registered is null ? (null, IdentificationBasis.None) : (registered.Name, IdentificationBasis.Port);
    }

    /// <summary>True when payload proved the flow's protocol. Where the connection was announced to carry a file and
    /// only one side sent, the bytes may be the file's instead, unless the protocol hides its content.</summary>
    private static bool IsProved(ref readonly Flow flow, Announcement? announcement)
    {
        if (flow.ProtocolRow == 0)
            return false;
        if (announcement?.Protocol is not { } announced || ProtocolRegistry.Rows[flow.ProtocolRow - 1].HidesContent)
            return true;
        var hasBothSides = flow.Low.PayloadBytes > 0 && flow.High.PayloadBytes > 0;
        return hasBothSides || ProtocolRegistry.Find(announced) is not { CarriesFiles: true };
    }

    /// <summary>A protocol found in the payload takes precedence; an announced service applies unless the payload
    /// contradicts it. The kind of a candidate is no service.</summary>
    private static (string? Service, IdentificationBasis Basis) ServiceOf(
        FlowDetail? detail,
        string? protocol,
        Announcement? announcement
    )
    {
        if (CarriedService.Of(protocol, detail?.Service, detail?.Carried) is { } service)
            return (service, detail!.Service is null ? IdentificationBasis.Payload : detail.ServiceBasis);
        if (announcement is not { IsCandidate: false, Service: { } announced })
            return (null, IdentificationBasis.None);
        var isContradicted = (announcement.Protocol ?? protocol) != protocol;
        return isContradicted ? (null, IdentificationBasis.None) : (announced, IdentificationBasis.Announced);
    }

    /// <summary>Who stopped a flow, and how. A reset injected by another device names no address; an ABORT is
    /// attributed to the responder.</summary>
    private static (IpAddress? By, string? How) StopOf(
        ref readonly Flow flow,
        Outcome outcome,
        FlowDetail? detail,
        in FlowReset? reset,
        IpAddress responder
    )
    {
        if (!IsStopped(outcome))
            return (null, null);
        var isIpv4 = responder.IsIpv4;
        if (!OutcomeOf.WasStoppedByReset(in flow))
            return (detail!.ErrorSender, IcmpErrorText.Of(isIpv4, detail.ErrorType, detail.ErrorCode));
        IpAddress? sender = reset is { Origin: ResetOrigin.AnotherDevice } ? null : responder;
        return (sender, reset is { } known ? known.ToText(isIpv4) : "SCTP ABORT");
    }

    /// <summary>The ICMP reason when an ICMP error stopped the flow; none when a reset did.</summary>
    private static IcmpReason IcmpReasonOf(ref readonly Flow flow, FlowDetail? detail) =>
        OutcomeOf.HasError(in flow) && !OutcomeOf.WasStoppedByReset(in flow)
            ? OutcomeOf.ReasonOf(flow.Key.Low.IsIpv4, detail!.ErrorType, detail.ErrorCode)
            : IcmpReason.None;

    /// <summary>The frame that ended the connection, or the ICMP error about it.</summary>
    private static FrameReference? OutcomeFrameOf(
        ref readonly Flow flow,
        Outcome outcome,
        FlowDetail? detail,
        in FlowReset? reset
    )
    {
        var isCutOff = outcome.Passed() && reset is { Origin: ResetOrigin.AnotherDevice };
        if (isCutOff && detail is { ResetFrame: { Number: > 0 } frame })
            return frame;
        return OutcomeOf.HasError(in flow) ? detail!.ErrorFrame : null;
    }

    private static CredentialSighting? CredentialsOf(FlowDetail? detail)
    {
        if (detail is null or { Credentials: CredentialUse.None })
            return null;
        return new CredentialSighting(detail.Credentials,
            detail.CredentialFrame.Number > 0 ? detail.CredentialFrame : null);
    }
}
