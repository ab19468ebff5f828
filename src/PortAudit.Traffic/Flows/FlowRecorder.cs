using PortAudit.Traffic.Announcements;
using PortAudit.Traffic.Credentials;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>Makes what the lasting record of a flow that has ended holds.</summary>
internal static class FlowRecorder
{
    /// <summary>Fills the record of a flow, which leaves nothing of what it held: in its place, as it is large.</summary>
    /// <param name="record">The record, which is handed back.</param>
    /// <param name="flow">The flow; its identification has ended.</param>
    /// <param name="detail">What only some flows need; null for the others.</param>
    /// <param name="point">Name of its capture point.</param>
    /// <param name="tunnels">The tunnels that keys name.</param>
    /// <param name="histories">Texts of histories.</param>
    /// <param name="announcement">What announced its port; null when nothing did.</param>
    /// <param name="reset">The reset that stopped or ended it; null without one.</param>
    /// <param name="latestNs">Latest time of the capture, in nanoseconds since the Unix epoch.</param>
    public static FlowRecord Fill(FlowRecord record, ref readonly Flow flow, FlowDetail? detail, string point, TunnelTable tunnels, HistoryTexts histories, AnnouncementMatch? announcement, in FlowReset? reset, long latestNs)
    {
        ref var facts = ref record.Facts;
        ref readonly var sent = ref flow.LowIsOriginator ? ref flow.Low : ref flow.High;
        ref readonly var received = ref flow.LowIsOriginator ? ref flow.High : ref flow.Low;
        facts.Id = IdOf(in flow, detail, point, tunnels);
        facts.CapturePoint = point;
        facts.Capture = flow.Capture;
        facts.StartNs = flow.StartNs;
        facts.EndNs = flow.LastNs;
        facts.TimestampDigits = flow.TimestampDigits;
        facts.Transport = flow.Key.Transport;
        facts.Vlan = flow.Key.Vlan;
        FillEnds(ref facts, in flow);
        facts.DirectionBasis = flow.Basis;
        facts.Outcome = OutcomeOf.Decide(in flow, detail, reset, latestNs - flow.LastNs);
        facts.Answer = AnswerOf(in flow);
        facts.History = histories.Of(flow.History, flow.LowIsOriginator, flow.Has(FlowMarks.Flipped));
        facts.Out = new DirectionCounters(sent.Packets, sent.Bytes, sent.PayloadBytes);
        facts.In = new DirectionCounters(received.Packets, received.Bytes, received.PayloadBytes);
        facts.SynCount = flow.SynCount;
        FillProtocol(ref facts, in flow, detail, announcement?.Announcement);
        facts.Level = flow.Level;
        facts.PointIndex = flow.Key.Point;
        facts.TunnelNumber = flow.Key.Tunnel;
        record.ForgetRare();
        if (detail is not null || announcement is not null || reset is not null || facts.TunnelNumber != TunnelTable.NoTunnel || flow.Has(FlowMarks.QuotesSeenFlow) || IsStopped(facts.Outcome))
            FillRare(ref record.Rare, facts, in flow, detail, tunnels, announcement, reset);
        return record;
    }

    /// <summary>The number of a flow, which stays the same from its first packet on.</summary>
    public static ulong IdOf(ref readonly Flow flow, FlowDetail? detail, string point, TunnelTable tunnels) =>
        FlowIdHash.Of(flow.Key, flow.StartNs, point, tunnels.DigestOf(flow.Key.Tunnel), detail?.Twins ?? 0);

    private static void FillEnds(ref FlowFacts facts, ref readonly Flow flow)
    {
        ref readonly var key = ref flow.Key;
        var isIcmp = key.Transport.IsIcmp;
        if (flow.LowIsOriginator)
        {
            facts.Originator = new Endpoint(key.Low, key.LowPort);
            facts.Responder = new Endpoint(key.High, isIcmp ? flow.IcmpCode : key.HighPort);
        }
        else
        {
            facts.Originator = new Endpoint(key.High, isIcmp ? key.LowPort : key.HighPort);
            facts.Responder = new Endpoint(key.Low, isIcmp ? flow.IcmpCode : key.LowPort);
        }
    }

    private static void FillProtocol(ref FlowFacts facts, ref readonly Flow flow, FlowDetail? detail, Announcement? announcement)
    {
        if (flow.ProtocolRow > 0 && ProtocolRegistry.Rows[flow.ProtocolRow - 1] is var proved && (announcement is null || !IsWithinFile(in flow, proved, announcement)))
        {
            (facts.Protocol, facts.ProtocolBasis) = (proved.Name, IdentificationBasis.Payload);
            facts.ProtocolFrame = ProtocolFrameOf(in flow, detail);
            return;
        }

        (facts.Protocol, facts.ProtocolBasis) = UnprovedProtocolOf(in flow, facts.Responder.Port, announcement);
        facts.ProtocolFrame = null;
    }

    private static (string? Protocol, IdentificationBasis Basis) UnprovedProtocolOf(ref readonly Flow flow, ushort responderPort, Announcement? announcement)
    {
        if (ProtocolRegistry.ByTransport(flow.Key.Transport) is { } named)
            return (named.Name, IdentificationBasis.Payload);
        if (announcement?.Protocol is { } announced)
            return (announced, IdentificationBasis.Announced);
        var registered = flow.Key.Transport.HasPorts ? ProtocolRegistry.ByPort(flow.Key.Transport, responderPort) : null;
        return registered is null ? (null, IdentificationBasis.None) : (registered.Name, IdentificationBasis.Port);
    }

    private static bool IsStopped(Outcome outcome) => outcome is Outcome.Refused or Outcome.Rejected;

    private static void FillRare(ref RareFlowFacts rare, in FlowFacts facts, ref readonly Flow flow, FlowDetail? detail, TunnelTable tunnels, AnnouncementMatch? announcement, in FlowReset? reset)
    {
        var isIpv4 = facts.Responder.Address.IsIpv4;
        (rare.StoppedBy, rare.StoppedHow) = IsStopped(facts.Outcome) ? StopOf(in flow, detail, reset, facts.Responder.Address) : default;
        rare.IcmpReason = rare.StoppedHow is not null && OutcomeOf.HasError(in flow) && !OutcomeOf.WasStoppedByReset(in flow) ? OutcomeOf.ReasonOf(isIpv4, detail!.ErrorType, detail.ErrorCode) : IcmpReason.None;
        rare.Reset = reset;
        rare.OutcomeFrame = OutcomeFrameOf(in flow, detail, isCutOff: facts.Outcome.Passed() && reset is { Origin: ResetOrigin.AnotherDevice });
        (rare.Service, rare.ServiceBasis) = ServiceOf(detail, facts.Protocol, announcement?.Announcement);
        rare.Announcement = announcement;
        rare.Tunnel = tunnels.TextOf(facts.TunnelNumber);
        rare.QuotesSeenFlow = flow.Has(FlowMarks.QuotesSeenFlow);
        if (detail is null)
            return;
        rare.Streams = StreamsOf(detail, flow.LowIsOriginator);
        rare.Duplicates = detail.Duplicates;
        rare.StartedAs = detail.StartedAsRow > 0 ? ProtocolRegistry.Rows[detail.StartedAsRow - 1].Name : null;
        rare.Tls = detail.Notes is null ? null : TlsNoteReader.Read(detail.Notes.AsSpan(0, detail.NotesLength));
        rare.Refusal = detail.Refusal;
        rare.Credentials = CredentialsOf(detail);
        rare.ParentId = detail.Parent;
        if (detail.Frames is { } frames)
            rare.Frames = [.. frames.AsSpan(0, detail.FrameCount)];
    }

    /// <summary>
    /// True when bytes that prove a protocol may be those of a file, as the connection was announced to carry one and one end alone has sent any. What hides its content is around the file, not in it.
    /// </summary>
    private static bool IsWithinFile(ref readonly Flow flow, ProtocolRow proved, Announcement announcement) =>
        announcement.Protocol is { } announced && !proved.HidesContent && (flow.Low.PayloadBytes == 0 || flow.High.PayloadBytes == 0)
        && ProtocolRegistry.Find(announced) is { CarriesFiles: true };

    /// <summary>What bytes name stands; an announced service is taken where bytes do not contradict the protocol that was announced with it. The kind of a candidate is no service.</summary>
    private static (string? Service, IdentificationBasis Basis) ServiceOf(FlowDetail? detail, string? protocol, Announcement? announcement)
    {
        if (detail?.Service is { } service)
            return (service, detail.ServiceBasis);
        return announcement is { IsCandidate: false, Service: { } announced } && (announcement.Protocol ?? protocol) == protocol ? (announced, IdentificationBasis.Announced) : (null, IdentificationBasis.None);
    }

    /// <summary>Who stopped a flow, and how. Another device's reset does not tell who that is; an ABORT is taken for the responder's.</summary>
    private static (IpAddress? By, string? How) StopOf(ref readonly Flow flow, FlowDetail? detail, in FlowReset? reset, IpAddress responder)
    {
        if (!OutcomeOf.WasStoppedByReset(in flow))
            return (detail!.ErrorSender, IcmpErrorText.Of(responder.IsIpv4, detail.ErrorType, detail.ErrorCode));
        return (reset is { Origin: ResetOrigin.AnotherDevice } ? null : responder, reset is { } known ? known.ToText(responder.IsIpv4) : "SCTP ABORT");
    }

    /// <summary>The frame that cut a connection off, or the ICMP error about it.</summary>
    private static FrameReference? OutcomeFrameOf(ref readonly Flow flow, FlowDetail? detail, bool isCutOff)
    {
        if (isCutOff && detail is { ResetFrame: { Number: > 0 } reset })
            return reset;
        return OutcomeOf.HasError(in flow) ? detail!.ErrorFrame : null;
    }

    private static CredentialSighting? CredentialsOf(FlowDetail detail) => detail.Credentials == CredentialUse.None
        ? null
        : new CredentialSighting(detail.Credentials, detail.CredentialFrame.Number > 0 ? detail.CredentialFrame : null);

    /// <summary>The frame that proved the protocol of a flow; number 0 when none did.</summary>
    public static FrameReference ProtocolFrameOf(ref readonly Flow flow, FlowDetail? detail) =>
        flow.ProtocolFrameNumber != 0 ? new FrameReference(flow.Capture, flow.ProtocolFrameNumber) : detail?.ProtocolFrame ?? default;

    private static AnswerDelay AnswerOf(ref readonly Flow flow)
    {
        if (flow.Key.Transport == IpProtocol.Tcp && !OutcomeOf.HasSyn(in flow))
            return default;
        return flow.LowIsOriginator ? flow.Answer : flow.Answer.Turn();
    }

    private static StreamPair? StreamsOf(FlowDetail detail, bool lowIsOriginator) => detail.Ledger is { } ledger
        ? StreamPair.Of(ledger.Of(lowIsOriginator).ToCounters(), ledger.Of(!lowIsOriginator).ToCounters())
        : null;
}
