using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Traffic.Observers.Refusals;

/// <summary>Looks for a refusing response in the starts of connections, which are reassembled for names anyway. For SIP
/// the announcement tracker does it, as it reads every message.</summary>
internal sealed class RefusalObserver(FlowDetailPool details)
{
    /// <summary>True when the rest of a flow is irrelevant for refusals.</summary>
    public static bool IsOver(ref readonly Flow flow) =>
        flow.Has(FlowFlags.AnswerRead) || ProtocolRegistry.At(flow.ProtocolRow)?.Refusals is null;

    /// <summary>Examines the streams of a connection after they have grown.</summary>
    public void Show(ref Flow flow, FrameReference frame)
    {
        if (ProtocolRegistry.At(flow.ProtocolRow)?.Refusals is not { } read || flow.Has(FlowFlags.AnswerRead))
            return;
        if (details.Find(in flow) is not { Streams: { } streams } detail)
            return;
        var (sent, received) = (flow.Originator, flow.Responder);
        var isOver = read(streams.PresentOf(sent), streams.PresentOf(received), out var refusal);
        detail.Keep(refusal, frame);
        if (isOver)
            flow.Flags |= FlowFlags.AnswerRead;
    }
}
