using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Traffic.Refusals;

/// <summary>
/// Looks at the starts of HTTP connections, while they are read for names anyway, for an answer that refuses. Those of SIP come with its tracker of announced ports
/// (<see cref="Announcements.Sip.SipPortTracker"/>), which reads every message.
/// </summary>
internal sealed class RefusalObserver(FlowDetailPool details)
{
    private const string Http = "http";

    private static readonly int HttpRow = RowOf(Http);

    /// <summary>Looks at the streams of a connection after they have grown.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="frame">The frame by which they grew.</param>
    public void Show(ref Flow flow, FrameReference frame)
    {
        if (flow.ProtocolRow != HttpRow || flow.Has(FlowMarks.AnswerRead) || details.Find(in flow) is not { Streams: { } streams } detail)
            return;
        var (sent, received) = (flow.Originator, flow.Responder);
        var isOver = HttpRefusal.Read(streams.PresentOf(sent), streams.PresentOf(received), out var refusal);
        detail.Keep(refusal, frame);
        if (isOver)
            flow.Marks |= FlowMarks.AnswerRead;
    }

    private static int RowOf(string protocol)
    {
        var row = 0;
        while (ProtocolRegistry.Rows[row].Name != protocol)
            row++;
        return row + 1;
    }
}
