using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Html;

/// <summary>The words of a report, for a reader who meets them for the first time. docs/report.md has them at
/// length.</summary>
internal static class Glossary
{
    /// <summary>The words with their meanings: verdicts of flows, then status of rules, then outcomes of
    /// flows.</summary>
    public static readonly ImmutableArray<(string Word, string Meaning)> Words =
    [
        (Verdict.Expected.ToText(), "A rule covers the flow and its bytes prove the protocol."),
        (Verdict.ExpectedByPort.ToText(),
            "A rule covers it, nothing contradicts it, and the bytes could not prove the protocol."),
        (Verdict.ExpectedDynamic.ToText(), "In a rule's dynamic range, and a control channel announced the port."),
        (Verdict.UnexplainedDynamic.ToText(), "In a rule's dynamic range, but the port was not announced."),
        (Verdict.WrongProtocol.ToText(), "A rule covers the port, and the bytes prove another protocol."),
        (Verdict.WrongDirection.ToText(), "Only the reverse direction is covered by a rule."),
        (Verdict.Cleartext.ToText(), "The rule requires TLS, and the flow is in clear."),
        (Verdict.Forbidden.ToText(), "A rule of the site, or a caution of the documents, prohibits it."),
        (Verdict.Unexpected.ToText(), "No rule covers it."),
        (Verdict.Excepted.ToText(), "A dated exception of the site covers it."),
        (Verdict.Background.ToText(), "Link housekeeping."),
        (Verdict.OutOfScope.ToText(), "Neither host has a role, no border between segments lies between "
            + "them, and no site rule covers it."),
        (Verdict.Declined.ToText(), "A rule covers the port; the client asked for what the server does not serve."),
        (Verdict.UnobservableDynamic.ToText(),
            "In a rule's dynamic range, or perhaps an answer from another port, and the flow log cannot tell."),
        (RuleStatus.Seen.ToText(), "An established flow used the rule, and the protocol was proved."),
        (RuleStatus.SeenByPort.ToText(), "An established flow used it; the protocol was not proved."),
        (RuleStatus.Blocked.ToText(), "Tried, and stopped on the way or never answered."),
        (RuleStatus.Refused.ToText(), "Tried, and the responder itself refused."),
        (RuleStatus.OneWay.ToText(), "Only one direction was seen, of a rule or of a flow."),
        (RuleStatus.NotTried.ToText(), "Both roles were active where a flow would have been captured, but none was."),
        (RuleStatus.WindowTooShort.ToText(), "The capture is shorter than the time in which the rule recurs."),
        (RuleStatus.NotObservable.ToText(), "This capture could not have shown it."),
        (RuleStatus.NotApplicable.ToText(), "The rule's condition is off, or the site has no host in the role."),
        (Outcome.Established.ToText(), "The TCP handshake was completed, or datagrams went both ways."),
        (Outcome.Midstream.ToText(), "A TCP connection in both directions that began before the capture."),
        (Outcome.Refused.ToText(), "The responder itself refused, by a reset, an SCTP ABORT or ICMP."),
        (Outcome.Rejected.ToText(), "Another device refused, by ICMP or by a reset in the responder's name."),
        (Outcome.Unanswered.ToText(), "No answer came; nothing proves that the flow arrived or was stopped."),
        (Outcome.Undecided.ToText(), "The capture ended too early to say."),
        (Outcome.HalfOpen.ToText(), "The responder answered the SYN, and the handshake went no further."),
    ];
}
