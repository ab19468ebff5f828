using System.Collections.Immutable;
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
    public static FlowRecord Fill(FlowRecord record, ref readonly Flow flow, FlowDetail? detail, string point, TunnelTable tunnels, HistoryTexts histories, AnnouncementMatch? announcement, FlowReset? reset, long latestNs)
    {
        var (originator, responder) = EndpointsOf(in flow);
        var (sent, received) = flow.LowIsOriginator ? (flow.Low, flow.High) : (flow.High, flow.Low);
        var outcome = OutcomeOf.Decide(in flow, detail, reset, latestNs - flow.LastNs);
        var (protocol, basis) = ProtocolOf(in flow, responder.Port, announcement?.Announcement);
        var (service, serviceBasis) = ServiceOf(detail, protocol, announcement?.Announcement);
        var (stoppedBy, stoppedHow) = outcome is Outcome.Refused or Outcome.Rejected ? StopOf(in flow, detail, reset, responder.Address) : default;
        var isCutOff = outcome.Passed() && reset is { Origin: ResetOrigin.AnotherDevice };
        ref var facts = ref record.Facts;
        facts = default;
        facts.Id = IdOf(in flow, detail, point, tunnels);
        facts.PointIndex = flow.Key.Point;
        facts.TunnelNumber = flow.Key.Tunnel;
        facts.CapturePoint = point;
        facts.Capture = flow.Capture;
        facts.StartNs = flow.StartNs;
        facts.EndNs = flow.LastNs;
        facts.TimestampDigits = flow.TimestampDigits;
        facts.Transport = flow.Key.Transport;
        facts.Vlan = flow.Key.Vlan;
        facts.Originator = originator;
        facts.Responder = responder;
        facts.DirectionBasis = flow.Basis;
        facts.Outcome = outcome;
        facts.StoppedBy = stoppedBy;
        facts.StoppedHow = stoppedHow;
        facts.IcmpReason = stoppedHow is not null && OutcomeOf.HasError(in flow) && !OutcomeOf.WasStoppedByReset(in flow)
            ? OutcomeOf.ReasonOf(responder.Address.IsIpv4, detail!.ErrorType, detail.ErrorCode)
            : IcmpReason.None;
        facts.Reset = reset;
        facts.Answer = AnswerOf(in flow);
        facts.History = histories.Of(flow.History, flow.LowIsOriginator, flow.Has(FlowMarks.Flipped));
        facts.Out = CountersOf(sent);
        facts.In = CountersOf(received);
        facts.Streams = StreamsOf(detail, flow.LowIsOriginator);
        facts.Duplicates = detail?.Duplicates ?? 0;
        facts.SynCount = flow.SynCount;
        facts.Protocol = protocol;
        facts.ProtocolBasis = basis;
        facts.Service = service;
        facts.ServiceBasis = serviceBasis;
        facts.Announcement = announcement;
        facts.StartedAs = detail is { StartedAsRow: > 0 } ? ProtocolRegistry.Rows[detail.StartedAsRow - 1].Name : null;
        facts.Tls = detail?.Notes is null ? null : TlsNoteReader.Read(detail.Notes.AsSpan(0, detail.NotesLength));
        facts.Refusal = detail?.Refusal;
        facts.ProtocolFrame = flow.ProtocolRow > 0 && basis == IdentificationBasis.Payload ? ProtocolFrameOf(in flow, detail) : null;
        facts.OutcomeFrame = OutcomeFrameOf(in flow, detail, isCutOff);
        facts.Credentials = CredentialsOf(detail);
        facts.Level = flow.Level;
        facts.Tunnel = tunnels.TextOf(flow.Key.Tunnel);
        facts.ParentId = detail?.Parent ?? 0;
        facts.QuotesSeenFlow = flow.Has(FlowMarks.QuotesSeenFlow);
        facts.Frames = FramesOf(detail);
        return record;
    }

    /// <summary>The number of a flow, which stays the same from its first packet on.</summary>
    public static ulong IdOf(ref readonly Flow flow, FlowDetail? detail, string point, TunnelTable tunnels) =>
        FlowIdHash.Of(flow.Key, flow.StartNs, point, tunnels.DigestOf(flow.Key.Tunnel), detail?.Twins ?? 0);

    private static (Endpoint Originator, Endpoint Responder) EndpointsOf(ref readonly Flow flow)
    {
        var key = flow.Key;
        if (key.Transport.IsIcmp)
        {
            var (from, to) = flow.LowIsOriginator ? (key.Low, key.High) : (key.High, key.Low);
            return (new Endpoint(from, key.LowPort), new Endpoint(to, flow.IcmpCode));
        }

        var (low, high) = (new Endpoint(key.Low, key.LowPort), new Endpoint(key.High, key.HighPort));
        return flow.LowIsOriginator ? (low, high) : (high, low);
    }

    private static (string? Protocol, IdentificationBasis Basis) ProtocolOf(ref readonly Flow flow, ushort responderPort, Announcement? announcement)
    {
        if (flow.ProtocolRow > 0 && ProtocolRegistry.Rows[flow.ProtocolRow - 1] is var proved && !IsWithinFile(in flow, proved, announcement))
            return (proved.Name, IdentificationBasis.Payload);
        if (ProtocolRegistry.ByTransport(flow.Key.Transport) is { } named)
            return (named.Name, IdentificationBasis.Payload);
        if (announcement?.Protocol is { } announced)
            return (announced, IdentificationBasis.Announced);
        var registered = flow.Key.Transport.HasPorts ? ProtocolRegistry.ByPort(flow.Key.Transport, responderPort) : null;
        return registered is null ? (null, IdentificationBasis.None) : (registered.Name, IdentificationBasis.Port);
    }

    /// <summary>
    /// True when bytes that prove a protocol may be those of a file, as the connection was announced to carry one and one end alone has sent any. What hides its content is around the file, not in it.
    /// </summary>
    private static bool IsWithinFile(ref readonly Flow flow, ProtocolRow proved, Announcement? announcement) =>
        announcement?.Protocol is { } announced && !proved.HidesContent && (flow.Low.PayloadBytes == 0 || flow.High.PayloadBytes == 0)
        && ProtocolRegistry.Find(announced) is { CarriesFiles: true };

    /// <summary>What bytes name stands; an announced service is taken where bytes do not contradict the protocol that was announced with it. The kind of a candidate is no service.</summary>
    private static (string? Service, IdentificationBasis Basis) ServiceOf(FlowDetail? detail, string? protocol, Announcement? announcement)
    {
        if (detail?.Service is { } service)
            return (service, detail.ServiceBasis);
        return announcement is { IsCandidate: false, Service: { } announced } && (announcement.Protocol ?? protocol) == protocol ? (announced, IdentificationBasis.Announced) : (null, IdentificationBasis.None);
    }

    /// <summary>Who stopped a flow, and how. Another device's reset does not tell who that is; an ABORT is taken for the responder's.</summary>
    private static (IpAddress? By, string? How) StopOf(ref readonly Flow flow, FlowDetail? detail, FlowReset? reset, IpAddress responder)
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

    private static CredentialSighting? CredentialsOf(FlowDetail? detail) => detail is null or { Credentials: CredentialUse.None }
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

    private static DirectionCounters CountersOf(in FlowSide side) => new(side.Packets, side.Bytes, side.PayloadBytes);

    private static StreamPair? StreamsOf(FlowDetail? detail, bool lowIsOriginator) => detail?.Ledger is { } ledger
        ? StreamPair.Of(ledger.Of(lowIsOriginator).ToCounters(), ledger.Of(!lowIsOriginator).ToCounters())
        : null;

    private static ImmutableArray<FrameReference> FramesOf(FlowDetail? detail) => detail?.Frames is { } frames ? [.. frames.AsSpan(0, detail.FrameCount)] : [];
}
