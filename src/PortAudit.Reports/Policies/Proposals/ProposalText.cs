using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Policies.Proposals;

/// <summary>What all formats of proposed rules say in comments.</summary>
internal static class ProposalText
{
    /// <summary>Rules of documents that a comment names at most.</summary>
    private const int MaxBasis = 4;

    /// <summary>Findings whose traffic the rules would stop that are listed at most.</summary>
    private const int MaxClosed = 100;

    /// <summary>Hosts and ports of a finding that are tried: what is stopped for all of them is called
    /// closed.</summary>
    private const int MaxTried = 10;

    /// <summary>The lines above the rules: what they are, how wide, and what they would close.</summary>
    public static IEnumerable<string> Head(AuditReport report, ImmutableArray<ProposedRule> rules, ProposalWidth width)
    {
        yield return $"Rules proposed by {AuditName} for site {VisibleText.Escape(report.Site)}.";
        yield return "They allow what documents and site ask for between its segments; what no traffic exercised is";
        yield return "included, as silence does not prove that it is not needed. Review them before use.";
        yield return Trade(report, rules, width);
        var closed = Closed(report, rules).ToList();
        yield return closed.Count == 0
            ? "No traffic that was seen to pass would be stopped."
            : $"Traffic that was seen to pass and would be stopped ({Quantity.Of(closed.Count, "finding")}):";
        foreach (var finding in closed.Take(MaxClosed))
            yield return $"  {finding.Id} {FindingHeadlineOf(finding)}";
        if (closed.Count > MaxClosed)
            yield return $"  and {Quantity.Of(closed.Count - MaxClosed, "more finding")}";
    }

    /// <summary>Why a rule is proposed: rules of the documents, where they stand, and the flows seen.</summary>
    public static string Why(ProposedRule rule)
    {
        var named = rule.Basis.Take(MaxBasis).Select(basis => basis.Rule.Source is { } source
            ? $"{basis.Rule.Id} ({source.Document}{Lines(source)}; {Seen(basis.Flows)})"
            : $"{basis.Rule.Id} (site; {Seen(basis.Flows)})");
        var rest = rule.Basis.Length > MaxBasis ? $" and {rule.Basis.Length - MaxBasis} more" : "";
        return VisibleText.Escape(string.Join(", ", named) + rest);
    }

    /// <summary>The services of a rule, one for each protocol and, where the protocol has ports, its port ranges.
    /// </summary>
    public static IEnumerable<(IpProtocol? Protocol, ImmutableArray<Interval<ushort>> Ports)> Services(
        ProposedRule rule)
    {
        foreach (var service in rule.Services)
        {
            if (service.Protocols.IsAll)
                yield return (null, []);
            else
            {
                foreach (var range in service.Protocols.Ranges)
                {
                    for (var number = (int)range.First; number <= range.Last; number++)
                        yield return (new IpProtocol((byte)number),
                            service.DestinationPorts.IsAll ? [] : service.DestinationPorts.Ranges);
                }
            }
        }
    }

    /// <summary>The part of a set in one family; null when it has all addresses of it.</summary>
    public static IntervalSet<UInt128>? Family(IntervalSet<UInt128> set, bool isIpv4)
    {
        var all = isIpv4 ? AddressSet.AnyIpv4 : AddressSet.AnyIpv6;
        return all.IsSubsetOf(set) ? null : set.Intersect(all);
    }

    /// <summary>The members of a set as prefixes, or as ranges where no single prefix does.</summary>
    public static IEnumerable<(Prefix? Prefix, IpAddress First, IpAddress Last)> Members(IntervalSet<UInt128> set)
    {
        if (AddressSet.AnyIpv6.IsSubsetOf(set))
        {
            yield return (new Prefix(default, 0), default, default);
            set = set.Intersect(AddressSet.AnyIpv4);
        }

        foreach (var range in AddressSet.RangesByFamily(set))
        {
            var prefixes = AddressSet.Prefixes(IntervalSet.Of(range.First, range.Last), 2);
            yield return (prefixes is [var only] ? only : null, AddressSet.Address(range.First),
                AddressSet.Address(range.Last));
        }
    }

    /// <summary>A member of a set: an address, a prefix, or a range with a hyphen.</summary>
    public static string Text((Prefix? Prefix, IpAddress First, IpAddress Last) member)
    {
        if (member.Prefix is not { } prefix)
            return $"{member.First}-{member.Last}";
        return IsHost(prefix) ? prefix.Address.ToString() : prefix.ToString();
    }

    /// <summary>True for a prefix of one address.</summary>
    public static bool IsHost(Prefix prefix) => prefix.Length == (prefix.Address.IsIpv4 ? 32 : 128);

    /// <summary>Ranges of ports as <c>80</c> or <c>1024-65535</c>.</summary>
    public static string Range(Interval<ushort> range, string separator = "-") => range.First == range.Last
        ? range.First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{range.First}{separator}{range.Last}");

    private static string AuditName => Baseline.AuditRun.ToolName;

    private static string Trade(AuditReport report, ImmutableArray<ProposedRule> rules, ProposalWidth width)
    {
        var other = report.Proposal!.Rules(width == ProposalWidth.Exact ? ProposalWidth.Segments : ProposalWidth.Exact);
        var (exact, segments) = width == ProposalWidth.Exact ? (rules, other) : (other, rules);
        return $"Exact addresses: {Quantity.Of(exact.Length, "rule")}, {Width(exact)} combinations of IPv4 hosts and "
            + $"ports; whole segments: {Quantity.Of(segments.Length, "rule")}, {Width(segments)}. This is the "
            + $"{(width == ProposalWidth.Exact ? "first" : "second")}.";
    }

    private static string Width(ImmutableArray<ProposedRule> rules) =>
        FirewallProposal.Combinations(rules).ToString("0.#E+0", CultureInfo.InvariantCulture);

    private static string Seen(long flows) => flows == 0 ? "not seen" : Quantity.Of(flows, "flow");

    private static string Lines(SourceReference source) => source.Lines.Length switch
    {
        0 => $", {source.Section}",
        1 => $" line {source.Lines[0]}",
        _ => $" lines {string.Join(",", source.Lines)}",
    };

    private static string FindingHeadlineOf(Finding finding) => VisibleText.Escape(
        $"{finding.FromRole} -> {finding.ToRole} {finding.Transport} {finding.Ports}: "
            + Quantity.Of(finding.Arrivals, "flow"));

    private static IEnumerable<Finding> Closed(AuditReport report, ImmutableArray<ProposedRule> rules) =>
        report.Findings.Where(finding => finding.Kind is FindingKind.UnexpectedTraffic or FindingKind.ForbiddenTraffic
                or FindingKind.UnexplainedDynamicPort or FindingKind.RemoteAdministration
                or FindingKind.WrongDirection && finding.Arrivals > 0)
            .Where(finding => Probes(finding).ToList() is { Count: > 0 } probes
                && !probes.Any(probe => rules.Any(rule => rule.Permits(probe))));

    private static IEnumerable<PolicyProbe> Probes(Finding finding)
    {
        var transports = new[] { IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp, IpProtocol.Icmp, IpProtocol.IcmpV6 }
            .Where(transport => finding.Transport.Split(',').Contains(transport.ToString()));
        var ports = finding.Ports.Split(',', '-', StringSplitOptions.RemoveEmptyEntries)
            .Select(port => ushort.Parse(port, CultureInfo.InvariantCulture)).Take(MaxTried).DefaultIfEmpty();
        return from originator in finding.Originators.Take(MaxTried)
               from responder in finding.Responders.Take(MaxTried)
               from transport in transports
               from port in ports
               select new PolicyProbe(Parse(originator.Address), Parse(responder.Address), transport, null, port);
    }

    private static IpAddress Parse(string address) => IpAddress.TryParse(address, out var parsed) ? parsed : default;
}
