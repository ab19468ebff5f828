using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;

namespace PortAudit.Audit.Findings;

/// <summary>Finds exceptions that a site should clear away.</summary>
internal static class ExceptionFindings
{
    /// <summary>The finding about one exception; null when it holds and is used.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="isExpired">True when it expired before the capture's last packet.</param>
    /// <param name="flows">The flows that it covered.</param>
    /// <param name="allowing">The rules that allow all that it covers; empty when they do not.</param>
    public static FindingDraft? Of(SiteException exception, bool isExpired, FlowGroup flows,
        ImmutableArray<Rule> allowing)
    {
        var name = string.Create(CultureInfo.InvariantCulture,
            $"The exception {exception.Id} ({exception.Reason}; owner {exception.Owner})");
        var lastDay = exception.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (!isExpired)
        {
            return flows.Flows > 0
                ? null
                : Absence(FindingKind.UnusedException, exception,
                    $"{name} is valid until {lastDay}, and no flow of this capture needed it.{WhyNever(allowing)}",
                    "Remove it if longer captures show no use either.");
        }

        var remedy = $"Ask {exception.Owner} to end the traffic or to renew the exception with a new date.";
        if (flows.Flows == 0)
            return Absence(FindingKind.ExpiredException, exception,
                $"{name} expired on {lastDay}, and no flow of this capture matched it.{WhyNever(allowing)}",
                "Remove it.");
        var explanation = $"{name} expired on {lastDay}. {Quantity.Of(flows.Flows, "flow")} from "
            + $"{HostList.Of(flows.Originators)} to {HostList.Of(flows.Responders)} matched it and "
            + $"{(flows.Flows == 1 ? "is" : "are")} judged without it.";
        return FindingDrafting.OfFlows(Key(FindingKind.ExpiredException, exception), flows, explanation, remedy);
    }

    private static string WhyNever(ImmutableArray<Rule> allowing) => allowing.IsEmpty
        ? ""
        : $" All that it covers is allowed by {(allowing.Length == 1 ? "the rule" : "the rules")} "
            + $"{HostList.Of([.. allowing.Select(rule => rule.Id)])} anyway, so that only a flow that contradicts a "
            + "rule (another protocol, no TLS) would need it.";

    private static FindingDraft Absence(FindingKind kind, SiteException exception, string explanation, string remedy) =>
        FindingDrafting.OfAbsence(Key(kind, exception), exception.Transports, exception.Ports, explanation, remedy);

    private static FindingKey Key(FindingKind kind, SiteException exception) =>
        new(kind, exception.From, exception.To, null, exception.Id);
}
