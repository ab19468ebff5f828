using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>Explains flows that the rules do not let pass, and says what to do about them.</summary>
/// <param name="applicable">Rules that apply in this site.</param>
/// <param name="switchedOff">Rules that do not.</param>
/// <param name="directory">Who has which address.</param>
internal sealed class FlowFindingWriter(RuleIndex applicable, RuleIndex switchedOff, HostDirectory directory)
{
    /// <summary>Services that a sentence names at most.</summary>
    private const int MaximumServices = 8;

    public FindingDraft Write(FindingKey key, FlowGroup flows)
    {
        if (key.Kind.IsAboutConversation())
        {
            var (what, mend) = ConversationWords.Of(key.Kind, flows, Service(flows));
            return FindingDrafting.OfFlows(key, flows, ConversationWords.SeverityOf(key, flows), what, mend);
        }

        var (why, remedy) = Words(key, flows);
        var explanation = $"{WhatHappened(key, flows)} {why}{TunnelWords.Sentence(flows)}{Hint(key, flows)}"
            + (key.Kind == FindingKind.BehavesUnlikeName ? "" : flows.Behaviours.Sentence(flows.Flows));
        var (severity, clause) = Grade(key.Kind, flows);
        var draft = FindingDrafting.OfFlows(key, flows, severity, explanation, remedy);
        return draft with
        {
            Finding = draft.Finding with { SeverityClause = clause },
            Announcing = key.Kind == FindingKind.AnnouncedPortBlocked ? [.. flows.AnnouncingFrames.Kept] : [],
        };
    }

    /// <summary>The severity, and why it is that where the kind does not say it; empty otherwise.</summary>
    private static (Severity Severity, string Clause) Grade(FindingKind kind, FlowGroup flows) => kind switch
    {
        FindingKind.UnexpectedTraffic when flows.Outcomes.Of(Reach.Stopped) == flows.Flows => (Severity.Info, ""),
        FindingKind.UnexpectedTraffic when flows is { Arrivals: 0, Silent.Flows: 0 } => (Severity.Low,
            flows.Interventions.UnknownResets == 0 ? ""
                : "it was reset, and nothing shows whether by the hosts or by a device"),
        FindingKind.UnexpectedTraffic when flows.Arrivals == 0 => (kind.Row().Severity,
            "a stream that no rule allows was sent, and nothing shows that it was stopped"),
        FindingKind.UnexpectedTraffic or FindingKind.WrongDirection or FindingKind.UnexplainedDynamicPort
            when flows.Guessed == flows.Flows =>
            (Severity.Low, "who opened it is a guess: its start was not captured"),
        FindingKind.UnexpectedTraffic when IsPing(flows) => (Severity.Low, "ICMP reaches a host, but no service"),
        _ => (kind.Row().Severity, ""),
    };

    /// <summary>True for ICMP of a volume that is no tunnel.</summary>
    private static bool IsPing(FlowGroup flows) => flows.Bytes < FindingRisks.MuchBytes && IsIcmp(flows);

    private static bool IsIcmp(FlowGroup flows) =>
        flows.Transports.All(transport => transport == IpProtocol.Icmp || transport == IpProtocol.IcmpV6);

    private static string WhatHappened(FindingKey key, FlowGroup flows)
    {
        var (who, doubt) = CallWords.IsOfCalls(key)
            ? (CallWords.WhoDidWhat(flows), CallWords.Doubt(key, flows))
            : (OpeningWords.WhoDidWhat(flows), OpeningWords.Doubt(flows));
        var identified = flows.Protocols.Count == 0
            ? ""
            : $", proved to be {string.Join(", ", flows.Protocols.Keys)}{ServicesOf(flows)}{ProxiesOf(flows)}";
        return $"{who} on {Service(flows)}{identified}: {Outcomes(flows)}.{doubt}{flows.Interventions.OfStops}"
            + $"{ReachSentences.Of(flows)}{flows.Interventions.OfConversations}"
            + ReachSentences.OfStreams(flows.Silent, Content(flows), key.To);
    }

    private static string Content(FlowGroup flows) =>
        flows.Protocols.Count == 0
            ? string.Join(" and ", flows.Transports)
            : string.Join(" and ", flows.Protocols.Keys);

    /// <summary>The finer names that bytes prove, in parentheses with a leading space.</summary>
    private static string ServicesOf(FlowGroup flows)
    {
        var names = flows.Retained.Kept.SelectMany(FlowServices.Of)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var more = names.Count > MaximumServices ? $" and {names.Count - MaximumServices} more" : "";
        return names.Count == 0 ? "" : $" ({string.Join(", ", names.Take(MaximumServices))}{more})";
    }

    /// <summary>The protocols by which proxies were asked for them, with a leading space.</summary>
    private static string ProxiesOf(FlowGroup flows)
    {
        var names = flows.Retained.Kept.Select(flow => flow.Proxy()).OfType<string>().Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "" : $" through a proxy ({string.Join(", ", names)})";
    }

    private static string Service(FlowGroup flows)
    {
        var ports = FindingDrafting.PortText(flows);
        var transports = string.Join(" and ", flows.Transports);
        return ports.Length == 0 ? transports : $"{transports} {ports}";
    }

    private static string Outcomes(FlowGroup flows)
    {
        var parts = new List<string>();
        if (flows.Outcomes.Passed - flows.Outcomes.Of(Outcome.OneWay) is > 0 and var passed)
            parts.Add($"{passed} passed");
        if (flows.Outcomes.OnlyReset > 0)
            parts.Add($"{flows.Outcomes.OnlyReset} where one side sent nothing but resets");
        if (flows.Outcomes.Of(Outcome.OneWay) is > 0 and var oneWay)
            parts.Add($"{oneWay} seen in one direction only");
        if (flows.Outcomes.Of(Outcome.Refused) is > 0 and var refused)
            parts.Add($"{refused} refused");
        if (flows.Outcomes.Of(Outcome.Rejected) is > 0 and var rejected)
            parts.Add($"{rejected} rejected on the way");
        if (flows.Outcomes.Of(Outcome.Unanswered) is > 0 and var unanswered)
            parts.Add($"{unanswered} unanswered");
        if (flows.Outcomes.Of(Outcome.HalfOpen) is > 0 and var halfOpen)
            parts.Add($"{halfOpen} half-open");
        if (flows.Outcomes.Of(Outcome.Undecided) is > 0 and var undecided)
            parts.Add($"{undecided} {flows.Interventions.Undecided}");
        return string.Join(", ", parts)
            + (flows.Stops.Kept.Count == 0 ? "" : $" ({string.Join("; ", flows.Stops.Kept)})");
    }

    /// <summary>Why it is a finding, and what to do about it.</summary>
    private static (string Why, string Remedy) Words(FindingKey key, FlowGroup flows)
    {
        var rule = key.Rule is { } bound ? $"rule {bound.Rule.Id} ({bound.Rule.Title})" : "";
        var responders = HostList.Of(flows.Responders);
        var service = Service(flows);
        return key.Kind switch
        {
            FindingKind.ForbiddenTraffic when key.Rule!.IsCaution => (
                $"The caution {key.Rule.Rule.Id} forbids it: {key.Rule.Rule.Title}",
                $"Remove the firewall between {key.From} and {key.To}; if the captures were taken where "
                    + $"none stands, "
                + "correct what the site says of the capture point."),
            FindingKind.ForbiddenTraffic when key.Rule!.IsConduit => (
                $"No rule covers it, and the {key.Rule.Rule.Title}, forbids what no rule covers: "
                    + $"{key.Rule.Rule.Note}.",
                $"Find out what on {HostList.Of(flows.Originators)} opens it, and block {service} from the segment "
                    + $"{key.Rule.Rule.From[0]} to {key.Rule.Rule.To[0]}; if it is meant to pass, add a site rule for "
                    + "these hosts and ports."),
            FindingKind.ForbiddenTraffic => (
                $"The {rule} forbids it.",
                $"Block {service} from {key.From} to {key.To}, and find out what on the originating hosts opens it."),
            FindingKind.WrongProtocol => (
                $"The {rule} covers the port and requires {Asked(key.Rule!)}, which the bytes contradict.",
                $"Find out what uses {service} on {responders}; close it"
                    + (AdministrationAdvice.Reason(flows) is { Length: > 0 } reason
                        ? reason
                        : ", or move it to a port with a rule of its own.")),
            FindingKind.Cleartext when DeclinedTls(flows) == flows.Flows => (
                $"The {rule} requires {Asked(key.Rule!)}. The client asked for TLS, and {responders} answered in "
                    + $"clear: TLS is off there.",
                $"Turn on TLS for the service on {responders}, or find out what else listens on that port."),
            FindingKind.Cleartext => (
                $"The {rule} requires {Asked(key.Rule!)}, and the bytes are in clear.",
                $"Turn on TLS for the service on {responders}, and refuse clients without it."),
            FindingKind.MutualTlsMissing => (
                $"The {rule} requires certificates of both sides: {WhoShowedNone(flows)}.",
                $"Let the service on {responders} require client certificates, "
                + $"and give {HostList.Of(flows.Originators)} one that it trusts."),
            FindingKind.WrongDirection => (
                $"The {rule} covers only the reverse: {key.To} opens it to {key.From}, on port {key.Rule!.PortText} of "
                    + $"{key.From}.",
                $"Let the firewall pass {service} only when {key.To} opens it"
                    + (AdministrationAdvice.Concerns(flows)
                        ? $", and find out what on {HostList.Of(flows.Originators)} opens it."
                        : $"; if this direction is needed, add a site rule from {key.From} to {key.To}.")),
            FindingKind.AnnouncedPortBlocked => (
                $"The port was announced to the client that then tried it ({string.Join(", ", flows.Announced.Kept)}), "
                + "so the devices between them pass the control channel, but not the port.",
                OfAnnounced(key, flows)),
            FindingKind.BehavesUnlikeName => (
                $"The {rule} covers the port and is for {Asked(key.Rule!)}, which no bytes prove. By the sizes and "
                    + $"times of packets a model takes it for {flows.Behaviours.Text(flows.Flows)}.",
                $"Look at its packets, and find out which program on {HostList.Of(flows.Originators)} sends them. If "
                    + "it belongs there, excuse it by an exception of the site."),
            FindingKind.UnexplainedDynamicPort => (
                $"The port lies in the range of the {rule}, but no announcement by "
                + $"{string.Join(" or ", key.Rule!.Rule.AnnouncedBy)} was seen for it.",
                "Capture the control channel too, starting before these flows; if it is there and did not announce the "
                    + "port, "
                + "find out which program listens on it."),
            FindingKind.DeclinedRequest => OfDeclined(key, flows),
            FindingKind.UnexpectedTraffic =>
                ($"No rule covers {(CallWords.IsOfCalls(key) ? "them" : service)} from {key.From} to {key.To}."
                    + Announced(flows), OfUnexpected(key, flows)),
            _ => throw new ArgumentOutOfRangeException(nameof(key), key.Kind,
                "the verdicts of flows give no such finding"),
        };
    }

    private static (string Why, string Remedy) OfDeclined(FindingKey key, FlowGroup flows)
    {
        var asked = string.Join(" or ", flows.Declined.Count > 0 ? flows.Declined.Keys : flows.Protocols.Keys);
        var covered = key.Rule is { } rule ? $" The rule {rule.Rule.Id} covers the port; it was not exercised." : "";
        var demandsTls = key.Rule?.Rule.Security is TransportSecurity.Tls or TransportSecurity.Mtls;
        return ($"The client asked for {asked}, and the server did not accept it: it does not serve that on this port"
            + (demandsTls && DeclinedTls(flows) == 0 ? ", where TLS is due." : ".") + covered,
            $"Find out why {HostList.Of(flows.Originators)} asks for {asked} there: a scanner, or a misconfigured "
            + "client. The server needs no change.");
    }

    /// <summary>Flows whose clients asked for TLS in vain.</summary>
    private static long DeclinedTls(FlowGroup flows) => flows.Declined
        .Where(entry => ProtocolComparison.IsSecurityLayer(entry.Key)).Sum(entry => entry.Value);

    private static string Announced(FlowGroup flows) =>
        flows.Announced.Kept.Count == 0
            ? ""
            : $" Ports of these flows were announced: {string.Join(", ", flows.Announced.Kept)}.";

    private static string OfAnnounced(FindingKey key, FlowGroup flows) => OpeningAdvice.WhyNot(key.Rule, flows)
        ?? $"Open {Service(flows)} from {HostList.Of(flows.Originators)} to {HostList.Of(flows.Responders)}, or let "
        + "the firewall follow the control channel and open what is announced; the list of dynamic ports shows the "
        + "narrowest range.";

    private static string OfUnexpected(FindingKey key, FlowGroup flows)
    {
        if (AdministrationAdvice.Of(key, flows, Service(flows)) is { } advice)
            return advice;
        if (IsIcmp(flows) && flows.Outcomes.Stopped < flows.Flows)
            return $"If the deployment needs it, add a site rule from {key.From} to {key.To} for it; otherwise block "
                + "echo requests at the firewall, but no ICMP errors: path MTU discovery needs them (RFC 4890).";
        if (flows.Outcomes.Of(DirectionBasis.FirstPacket) == flows.Guessed && flows.Guessed == flows.Flows
            && flows.Transports.All(transport => transport == IpProtocol.Tcp))
            return $"Capture the beginning of these connections: {Service(flows)} may be the port of the client, and "
                + "the service the other one. Add no rule before that.";
        if (flows.Outcomes.Stopped < flows.Flows || flows.Silent.Flows > 0)
            return CallWords.Remedy(key, flows) ?? TunnelWords.Remedy(key, flows, Service(flows))
                ?? $"If the deployment needs it, add a site rule from {key.From} to {key.To} for {Service(flows)}; "
                + "otherwise close it at the firewall.";
        var closed = flows.RefusedByResponder > 0 || flows.Outcomes.Of(ReachBasis.RecordedBeyond) > 0
            ? $"The attempts failed, but no firewall between {key.From} and {key.To} blocked them: "
                + $"block {Service(flows)} there if it should not be reachable."
            : flows.Outcomes.Of(Reach.Stopped) == flows.Flows
                ? "Nothing passed."
                : "Nothing was seen to pass.";
        return $"{closed} Find out why {HostList.Of(flows.Originators)} tries it, or add a site rule if it is meant to "
            + "pass.";
    }

    private static string WhoShowedNone(FlowGroup flows)
    {
        var parts = new List<string>();
        if (flows.CertificatesNotAsked is > 0 and var notAsked)
            parts.Add($"in {Quantity.Of(notAsked, "flow")} the server did not ask for the client's");
        if (flows.Flows - flows.CertificatesNotAsked is > 0 and var notShown)
            parts.Add($"in {Quantity.Of(notShown, "flow")} the client showed none when asked, and the server went on");
        return string.Join("; ", parts);
    }

    private static string Asked(BoundRule rule)
    {
        var protocols = rule.Rule.Protocols.IsEmpty ? "any protocol" : string.Join(" or ", rule.Rule.Protocols);
        return rule.Rule.Security switch
        {
            TransportSecurity.Tls => $"{protocols} over TLS",
            TransportSecurity.Mtls => $"{protocols} over mutual TLS",
            TransportSecurity.None => $"{protocols} in clear",
            TransportSecurity.Any => protocols,
        };
    }

    // What a reader would ask next: is there a rule that nearly covers it?
    private string Hint(FindingKey key, FlowGroup flows)
    {
        if (key.Rule is not null || key.Kind == FindingKind.AnnouncedPortBlocked
            || flows.Retained.Kept.FirstOrDefault() is not { } flow)
            return "";
        var from = directory.Resolve(flow.Originator.Address);
        var to = directory.Resolve(flow.Responder.Address);
        if (directory.IsUnconfirmed(from, to) && applicable.Covering(flow, from, to).FirstOrDefault().Rule is { } rule)
            return $" The rule {rule.Rule.Id} lets any host open it, but the roles of this site are proposed, and "
                + "access from the Internet is not confirmed.";
        if (switchedOff.Covering(flow, from, to).FirstOrDefault().Rule is { } off)
            return $" The rule {off.Rule.Id} would cover {Service(flows)}, but does not apply: {off.WhyOff}";
        var opposite = applicable.Covering(flow.Transport, flow.Responder.Port, to, from)
            .FirstOrDefault(match => match.Rule.Allows && !match.Rule.IsDynamic).Rule;
        return opposite is null
            ? ""
            : $" The rule {opposite.Rule.Id} allows this service only the other way, from {key.To} to {key.From}.";
    }
}
