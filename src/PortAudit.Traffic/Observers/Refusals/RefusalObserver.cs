using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Traffic.Observers.Refusals;

/// <summary>
/// Looks at the starts of connections, while they are read for names anyway, for an answer that refuses. Those of SIP
/// come with its tracker of announced ports, which reads every message.
/// </summary>
internal sealed class RefusalObserver(FlowDetailPool details)
{
    /// <summary>True when more of a flow would tell nothing of a refusal.</summary>
    public static bool IsOver(ref readonly Flow flow) =>
        flow.Has(FlowFlags.AnswerRead) || ProtocolRegistry.At(flow.ProtocolRow)?.Refusals is null;

    /// <summary>Looks at the streams of a connection after they have grown.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="frame">The frame by which they grew.</param>
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
