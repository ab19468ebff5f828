using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.State;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Scans;

/// <summary>
/// Reports port scans: one finding for each address inside that scans, and one for all of the Internet, whose scans
/// never end and have no cause that a site could mend.
/// </summary>
internal static class ScanFindings
{
    /// <summary>Targets that answered and that a sentence names.</summary>
    private const int MaximumNamed = 20;

    public static IEnumerable<FindingDraft> Of(IEnumerable<OriginatorTally> scanners) =>
        scanners.GroupBy(CauseOf, StringComparer.Ordinal).Select(cause => OfCause(cause.Key, [.. cause]));

    private static string CauseOf(OriginatorTally scanner) =>
        IsDistant(scanner) ? BuiltInRoles.Internet : scanner.Originator.Address.ToString();

    private static bool IsDistant(OriginatorTally scanner) =>
        !scanner.Originator.IsListed && scanner.Originator.PrimaryRole == BuiltInRoles.Internet;

    private static FindingDraft OfCause(string cause, List<OriginatorTally> scanners)
    {
        var from = scanners[0].Originator.PrimaryRole;
        var flows = FlowGroup.Union(scanners.Select(scanner => scanner.Held!.Sums.All));
        var opened = new BottomKSet<ScanTarget>(OriginatorTally.MaximumOpened);
        foreach (var scanner in scanners)
            opened.UnionWith(scanner.Opened);
        var draft = FindingDrafting.OfFlows(
            new FindingKey(FindingKind.PortScan, from, "", null, cause),
            flows,
            SeverityOf(scanners),
            $"{WhatHappened(scanners, flows)} {Answers(scanners, flows, opened)}{Allowed(scanners)}",
            Remedy(scanners, flows));
        var roles = flows.Responders.Kept.Select(host => host.PrimaryRole).Distinct(StringComparer.Ordinal).ToList();
        return draft with
        {
            Finding = draft.Finding
            with
            { ToRole = roles is [var only] ? only : "", Verdict = flows.Verdicts.Max.Verdict, Protocol = null }
        };
    }

    /// <summary>A scanner inside is an undocumented inventory or an intruder. The Internet always scans; what matters
    /// is what answered without a rule.</summary>
    private static Severity SeverityOf(List<OriginatorTally> scanners)
    {
        var escaped = scanners.Any(scanner => scanner.HasOpenedUncovered);
        if (IsDistant(scanners[0]))
            return escaped ? Severity.Medium : Severity.Low;
        return escaped ? Severity.High : Severity.Medium;
    }

    private static string WhatHappened(List<OriginatorTally> scanners, FlowGroup flows)
    {
        var what = flows.Ports.Count switch
        {
            0 => "",
            1 => $"port {FindingDrafting.PortText(flows)} of ",
            _ when flows.Responders.Kept.Count == 1 => $"{flows.Ports.Count} ports of ",
            _ => PortsOfEach(scanners) is { } each ? $"{each} of each of " : $"{flows.Ports.Count} different ports of ",
        };
        return $"{HostList.Of(flows.Originators)} probed {what}{Hosts(scanners, flows)} by "
            + $"{string.Join(", ", flows.Transports)} in {Duration.InSentence(flows.LastNs - flows.FirstNs)}: "
            + $"{Quantity.Of(flows.Flows, "flow")}, {Outcomes(flows)}.";
    }

    /// <summary>How many ports of a host were probed; null where not all were counted.</summary>
    private static string? PortsOfEach(List<OriginatorTally> scanners)
    {
        if (scanners.Any(scanner => scanner.HasMoreTargets))
            return null;
        var counts = scanners.SelectMany(scanner => scanner.Probed).Where(target => target.Transport.HasPorts)
            .GroupBy(target => target.Address)
            .Select(host => host.Select(target => target.Port).Distinct().Count())
            .ToList();
        return counts.Count == 0
            ? null
            : counts.Min() == counts.Max() ? Quantity.Of(counts[0], "port")
            : $"up to {Quantity.Of(counts.Max(), "port")}";
    }

    private static string Outcomes(FlowGroup flows)
    {
        (long Flows, string What)[] parts =
        [
            (flows.Outcomes.Of(Outcome.Established) + flows.Outcomes.Of(Outcome.HalfOpen), "answered"),
            (flows.Outcomes.Of(Outcome.Midstream), "reset as part of no connection"),
            (flows.Outcomes.Of(Outcome.Refused), "refused"),
            (flows.Outcomes.Of(Outcome.Rejected), "rejected on the way"),
            (flows.Outcomes.Of(Outcome.Unanswered) + flows.Outcomes.Of(Outcome.OneWay), "unanswered"),
            (flows.Outcomes.Of(Outcome.Undecided), flows.Interventions.Undecided),
        ];
        return string.Join(", ", parts.Where(part => part.Flows > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Flows} {part.What}")));
    }

    private static string Hosts(List<OriginatorTally> scanners, FlowGroup flows)
    {
        if (!flows.Responders.IsOverflown)
            return HostList.Of(flows.Responders);
        var hosts = scanners.SelectMany(scanner => scanner.Probed).Select(target => target.Address).Distinct().Count();
        var least = Math.Max(hosts, FlowGroup.MaximumHosts);
        return scanners.Any(scanner => scanner.HasMoreTargets)
            ? $"more than {least} hosts"
            : Quantity.Of(least, "host");
    }

    private static string Answers(List<OriginatorTally> scanners, FlowGroup flows, BottomKSet<ScanTarget> opened)
    {
        var targets = TargetsOf(scanners, flows);
        if (opened.Kept.Count == 0)
            return $"Of {targets} none answered.";
        var hosts = scanners.SelectMany(scanner => scanner.Probed).Select(target => target.Address).Distinct().Take(2)
            .Count();
        var named = opened.Kept.Take(MaximumNamed)
            .Select(target => hosts == 1 ? PortOf(target) : $"{target.Address} {PortOf(target)}");
        var rest = opened.Kept.Count - MaximumNamed;
        var more =
            opened.IsOverflown ? $" and more than {rest} others" : rest > 0 ? $" and {Quantity.Of(rest, "other")}" : "";
        var number = opened.IsOverflown ? $"more than {opened.Kept.Count}" : $"{opened.Kept.Count}";
        return $"Of {targets} {number} answered: {string.Join(", ", named)}{more}.";
    }

    private static string TargetsOf(List<OriginatorTally> scanners, FlowGroup flows)
    {
        var targets = scanners.SelectMany(scanner => scanner.Probed).Distinct().ToList();
        var noun = targets.All(target => !target.Transport.HasPorts) ? "host" : targets.All(target =>
            target.Transport.HasPorts && target.Address == targets[0].Address) ? "port" : "target";
        if (!scanners.Any(scanner => scanner.HasMoreTargets))
            return Quantity.Of(targets.Count, noun);
        return flows.Responders is { Kept.Count: 1 }
            ? Quantity.Of(flows.Ports.Count, "port")
            : $"more than {Quantity.Of(targets.Count, "target")}";
    }

    private static string Allowed(List<OriginatorTally> scanners)
    {
        var allowed = scanners.Sum(scanner => scanner.Held!.Sums.Allowed);
        return allowed == 0 ? "" : $" {Quantity.Of(allowed, "probe")} went where rules let "
            + $"{(allowed == 1 ? "it" : "them")} pass, which does not count for or against those rules.";
    }

    private static string Remedy(List<OriginatorTally> scanners, FlowGroup flows)
    {
        if (IsDistant(scanners[0]))
        {
            return scanners.Any(scanner => scanner.HasOpenedUncovered)
                ? "Close the services that answered without a rule; scans from the Internet never end."
                : "Nothing answered without a rule. Scans from the Internet never end, and need nothing "
                    + "done.";
        }

        return $"Find out what runs on {HostList.Of(flows.Originators)}. If it is an inventory, a monitoring system or "
            + "a test of security, add an exception with an owner and a date; otherwise treat the host as "
            + "compromised.";
    }

    private static string PortOf(ScanTarget target) =>
        target.Transport.HasPorts ? $"{target.Transport} {target.Port}" : $"{target.Transport} echo";
}
