using PortAudit.Traffic.Flows;

namespace PortAudit.Traffic.Identification;

/// <summary>Makes the view of a flow's bytes that recognisers are shown.</summary>
internal static class FlowConversation
{
    /// <summary>
    /// Makes the view of what a flow brings, where it is to stand. A view of a hundred bytes that is made elsewhere and copied, or a
    /// history that is written empty and read back at once, makes the processor wait until all that it wrote before is in memory: a
    /// thirtieth of the time of a whole list of flows.
    /// </summary>
    public static void Make(
        ref readonly Flow flow,
        ReadOnlySpan<byte> fromOriginator,
        ReadOnlySpan<byte> fromResponder,
        bool isWhole,
        DatagramMemory? earlier,
        out Conversation conversation)
    {
        conversation = default;
        conversation.Transport = flow.Key.Transport;
        (conversation.OriginatorPort, conversation.ResponderPort) =
            flow.LowIsOriginator ? (flow.Key.LowPort, flow.Key.HighPort) : (flow.Key.HighPort, flow.Key.LowPort);
        conversation.FromOriginator = fromOriginator;
        conversation.FromResponder = fromResponder;
        conversation.IsWhole = isWhole;
        if (flow.Key.Low.IsMulticast || flow.Key.High.IsMulticast)
            conversation.Group = flow.Key.Low.IsMulticast ? flow.Key.Low : flow.Key.High;
        if (earlier is not null)
            conversation.Earlier = earlier.HistoryOf(flow.LowIsOriginator);
    }
}
