using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>Says what went wrong in conversations that the network carried only in part, and what to do about
/// it.</summary>
internal static class ConversationWords
{
    /// <summary>From this many originators on, unfinished handshakes look like a flood with forged senders.</summary>
    private const int ManySenders = 20;

    /// <summary>What happened, and the remedy.</summary>
    /// <param name="kind">One that <see cref="ConversationFaults.IsAboutConversation"/>.</param>
    /// <param name="flows">The flows.</param>
    /// <param name="service">Transport and ports.</param>
    public static (string Explanation, string Remedy) Of(FindingKind kind, FlowGroup flows, string service) =>
        kind switch
        {
            FindingKind.HandshakeIncomplete => OfHandshake(flows, service),
            FindingKind.SessionLostIdle => OfIdle(flows, service),
            FindingKind.LargePacketsLost => OfLarge(flows, service),
            FindingKind.FragmentsLost => OfFragments(flows, service),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no finding about conversations"),
        };

    /// <summary>How much it matters: a rule that needs the service makes a failed handshake as grave as a blocked
    /// one, and what forged senders or a filter of the capture may explain is minor.</summary>
    public static Severity SeverityOf(FindingKey key, FlowGroup flows) => key.Kind switch
    {
        FindingKind.HandshakeIncomplete when LooksForged(flows) => Severity.Low,
        FindingKind.HandshakeIncomplete when key.Rule is { IsNeeded: true } => Severity.High,
        FindingKind.FragmentsLost when IsAnswered(flows) => Severity.Low,
        _ => key.Kind.Row().Severity,
    };

    private static (string Explanation, string Remedy) OfHandshake(FlowGroup flows, string service)
    {
        var (from, to) = (HostList.Of(flows.Originators), HostList.Of(flows.Responders));
        var repeated = flows.Interventions.Losses.RepeatedSyns;
        var where = repeated > 0
            ? $"{(repeated < flows.Flows ? $"In {repeated} of them {from}" : from)} sent the SYN again after the "
                + "SYN-ACK, which therefore does not arrive: the return path fails."
            : $"The SYN was not sent again after it: the ACK was lost on the last leg of the handshake, or {from} "
                + "never sent the SYN.";
        var forged = LooksForged(flows)
            ? $" So many senders ({Senders(flows)}) that never finish a handshake are mostly forged: a SYN flood looks "
                + "like this."
            : "";
        return (
            $"{Quantity.Of(flows.Flows, "connection")} from {from} to {to} on {service} stayed half-open: "
                + $"{Quantity.Of(flows.Interventions.Losses.SynAcks, "SYN-ACK")} came back, and the third packet of "
                + $"the handshake never followed, so no data could be sent. {where}{forged}",
            $"Compare the route from {to} back to {from} with the forward route: if they differ (asymmetry), a "
                + "stateful firewall sees half of the handshake and drops the rest. Then look for a device on the way "
                + $"back that drops the SYN-ACK. A capture next to {from} shows which of the two packets is missing.");
    }

    private static (string Explanation, string Remedy) OfIdle(FlowGroup flows, string service)
    {
        var losses = flows.Interventions.Losses;
        var how = new List<string>();
        if (losses.SilentSessions > 0)
            how.Add($"in {losses.SilentSessions} nothing came back, despite retransmissions");
        if (losses.DeviceResets > 0)
            how.Add($"{losses.DeviceResets} {Quantity.Word(losses.DeviceResets, "was", "were")} reset by another "
                + "device in a host's name");
        if (losses.UnknownResets > 0)
            how.Add($"{losses.UnknownResets} {Quantity.Word(losses.UnknownResets, "was", "were")} reset, and nothing "
                + "shows whether by the host or by a device in its name");
        return (
            $"Sessions die after idle: {Quantity.Of(flows.Flows, "session")} between {HostList.Of(flows.Originators)} "
                + $"and {HostList.Of(flows.Responders)} on {service} worked, had no packet for {losses.IdleText}, and "
                + $"failed when used again: {string.Join("; ", how)}.{flows.Interventions.Cuts}",
            "Look for the idle timeout of the stateful devices on the way (firewall, NAT, load balancer): it is at "
                + $"most {losses.LeastIdle} s. Lengthen it for {service}, or let the application or its "
                + "operating system send keep-alives more often than that. If a host was switched off or restarted in "
                + $"that time, the network is not at fault.");
    }

    private static (string Explanation, string Remedy) OfLarge(FlowGroup flows, string service)
    {
        var losses = flows.Interventions.Losses;
        var senders = losses.ByOriginator == 0 ? flows.Responders : flows.Originators;
        var smaller = losses.PassedSmaller > 0
            ? $" {Quantity.Of(losses.PassedSmaller, "flow")} went on once the segments were smaller."
            : "";
        return (
            $"Full-size packets are lost while small ones pass (ping works, the application hangs): in "
                + $"{Quantity.Of(flows.Flows, "flow")} between {HostList.Of(flows.Originators)} and "
                + $"{HostList.Of(flows.Responders)} on {service} segments of {losses.LengthText} bytes were sent "
                + $"{(flows.Flows == 1 ? "" : "up to ")}{losses.MostTimes} times and never acknowledged.{smaller}",
            "Find the link or tunnel on the way whose MTU is smaller than these packets, for example by pings of "
                + "growing size with \"do not fragment\". Let its ICMP \"fragmentation needed\" (type 3 code 4; IPv6: "
                + $"\"packet too big\", type 2) through to {HostList.Of(senders)}, or lower the TCP MSS there to the "
                + "MTU less 40 bytes (IPv6: 60).");
    }

    private static (string Explanation, string Remedy) OfFragments(FlowGroup flows, string service)
    {
        var losses = flows.Interventions.Losses;
        var sender = HostList.Of(losses.FragmentsOfResponders == flows.Flows ? flows.Responders : flows.Originators);
        var answer = IsAnswered(flows) ? "" : " None was answered.";
        return (
            $"{sender} sent {Quantity.Of(losses.Datagrams, "datagram")} in fragments on {service} "
                + $"({Quantity.Of(flows.Flows, "flow")} between {HostList.Of(flows.Originators)} and "
                + $"{HostList.Of(flows.Responders)}): of each only the first fragment was seen.{answer}",
            "First make sure that the capture was not filtered by a port: only the first fragment carries one. Then "
                + $"look for the device between {sender} and the capture point that drops the others, as many "
                + "firewalls and NAT devices do: let it reassemble or pass fragments, or let the service use TCP or "
                + "smaller datagrams.");
    }

    /// <summary>True when the fragments of no flow stayed without an answer.</summary>
    private static bool IsAnswered(FlowGroup flows) =>
        flows.Outcomes.Stopped + flows.Outcomes.Of(Outcome.Undecided) == 0;

    private static bool LooksForged(FlowGroup flows) =>
        flows.Originators.Kept.Count >= ManySenders && flows.Syns < 2 * flows.Flows;

    private static string Senders(FlowGroup flows) =>
        flows.Originators.IsOverflown ? $"more than {FlowGroup.MaximumHosts}" : $"{flows.Originators.Kept.Count}";

}
