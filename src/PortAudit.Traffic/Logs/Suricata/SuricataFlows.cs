using System.Collections.Immutable;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>Makes a flow of an event, and of what other events say of its <c>flow_id</c>.</summary>
/// <param name="details">What other events say.</param>
internal sealed class SuricataFlows(SuricataDetails details)
{
    private readonly LogTexts _histories = new();

    /// <summary>The flow of an event.</summary>
    /// <param name="read">The event.</param>
    /// <param name="point">Name of its capture point.</param>
    /// <param name="outcome">What more time would make of its outcome.</param>
    public FlowRecord Make(in SuricataFlow read, string point, out LogOutcome outcome)
    {
        var sides = SuricataSides.Of(read, _histories, out var basis);
        outcome = OutcomeOf(read, sides);
        var detail = details.Find(read);
        var flow = new FlowRecord
        {
            Id = LogFlowId.Of(sides, read.Transport, read.Vlan, read.StartNs, point, read.Identifier, read.Line),
            CapturePoint = point,
            Capture = read.Line.Capture,
            StartNs = read.StartNs,
            EndNs = read.EndNs,
            TimestampDigits = read.Digits,
            Transport = read.Transport,
            Vlan = read.Vlan,
            Originator = sides.Originator,
            Responder = sides.Responder,
            DirectionBasis = basis,
            Outcome = outcome.Later,
            History = sides.History,
            Out = sides.Out,
            In = sides.In,
            SynCount = read.Transport == IpProtocol.Tcp ? LogOutcome.SynsOf(sides.History, sides.Out.Packets) : 0,
            Log = new LogOrigin(LogSource.Suricata, read.Identifier, read.Line.Number),
            Frames = [read.Line],
        };
        flow = SuricataProtocol.AddTo(Lost(flow, read), read.Detected, read.Original);
        return Stopped(Detailed(flow, detail), read, ref outcome);
    }

    private static LogOutcome OutcomeOf(in SuricataFlow read, in LogSides sides)
    {
        var (sent, received) = (sides.Out.Packets, sides.In.Packets);
        if (read.Transport != IpProtocol.Tcp)
            return read.IsAnswered is null && received > 0
                ? LogOutcome.Sure(Outcome.Undecided)
                : LogOutcome.OfOther(sent, received);
        if (read.HasFlags)
            return LogOutcome.OfTcp(sides.History, sent, received, sides.In.PayloadBytes);

        // Also a reset closes, after a packet of each side.
        return LogOutcome.Sure(read.IsEstablished && sent > 1 && received > 1 ? Outcome.Established
            : Outcome.Undecided);
    }

    /// <summary>Bytes that the sensor did not see; how many is not said.</summary>
    private static FlowRecord Lost(FlowRecord flow, in SuricataFlow read)
    {
        if (!read.HasGapToServer && !read.HasGapToClient)
            return flow;
        var gap = new StreamCounters(0, 0, 0, 0, 0, 1, 0);
        var isTurned = flow.Originator != read.From;
        return flow with
        {
            StreamOut = (isTurned ? read.HasGapToClient : read.HasGapToServer) ? gap : default,
            StreamIn = (isTurned ? read.HasGapToServer : read.HasGapToClient) ? gap : default,
        };
    }

    private static FlowRecord Detailed(FlowRecord flow, SuricataDetail? detail)
    {
        if (detail is null)
            return flow;
        var isSmb = flow.Protocol == Smb2;
        if (isSmb && detail.IsSmb1)
            flow = flow with { Protocol = Smb1 };
        if (detail.Tls is { } handshake && flow is { ProtocolBasis: IdentificationBasis.Payload, Protocol: { } name }
            && HasHandshake.Contains(name))
            flow = LogTls.AddTo(flow, handshake);
        return detail.Uses?.AddTo(flow, isSmb) ?? flow;
    }

    private const string Smb1 = "smb";
    private const string Smb2 = "smb2";

    private static readonly ImmutableArray<string> HasHandshake = ["tls", "dtls", "quic"];

    /// <summary>What the sensor dropped was stopped by it, unless the responder had answered before.</summary>
    private static FlowRecord Stopped(FlowRecord flow, in SuricataFlow read, ref LogOutcome outcome)
    {
        if (!read.IsDropped || !(flow.Outcome is Outcome.Unanswered or Outcome.Undecided))
            return LogStop.Of(flow);
        outcome = LogOutcome.Sure(Outcome.Rejected);
        return flow with { Outcome = Outcome.Rejected, StoppedHow = "drop by Suricata" };
    }
}
