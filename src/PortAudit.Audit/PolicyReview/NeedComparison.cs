using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Wording;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.PolicyReview;

/// <summary>Compares what a rule of a firewall allows with what documents and site ask for. Each dimension
/// (originators, responders, ports) is compared by itself: what is called wider certainly is; combinations of parts
/// that are all asked for somewhere are not told apart.</summary>
/// <param name="regions">What is asked for.</param>
/// <param name="absent">What is asked for roles that no host of the site has.</param>
/// <param name="reach">The addresses that a rule is about.</param>
internal sealed class NeedComparison(ImmutableArray<DocumentRegion> regions,
    ImmutableArray<DocumentRegion> absent, RuleReach reach)
{
    /// <summary>Rules of documents that a row lists at most.</summary>
    public const int MaxDocuments = 10;

    /// <summary>Rules for roles without hosts that a reason names at most.</summary>
    private const int MaxAbsent = 3;

    /// <summary>Whether, and why.</summary>
    public (PolicyNeed Need, string Reason, ImmutableArray<Rule> Documents) Of(PolicyList list, PolicyRule rule)
    {
        if (rule.Action != PolicyAction.Permit || !rule.IsEnabled || !rule.States.HasFlag(ConnectionStates.New))
            return (PolicyNeed.NotCompared, "", []);
        if (ControlMessages.AreAll(rule.Services))
            return (PolicyNeed.NotCompared, ControlMessages.Reason, []);
        var (from, to) = reach.Of(list, rule);
        List<DocumentRegion> near =
        [
            .. regions.Where(region => rule.Services.Any(region.Overlaps) && region.From.Overlaps(from)
                && region.To.Overlaps(to)),
        ];
        List<DocumentRegion> asking = [.. near.Where(region => region.AsksFor(rule))];
        if (asking.Count == 0)
            return (PolicyNeed.Undocumented, "No rule of the catalogs or the site asks for anything that it allows."
                + InRange(near) + Absent(rule), []);
        ImmutableArray<Rule> documents =
            [.. asking.Select(region => region.Rule.Rule).Distinct().Take(MaxDocuments)];
        var wider = Wider(rule, from, to, asking).ToList();
        return wider.Count == 0
            ? (PolicyNeed.Documented, MoreThanAllowed(rule, asking), documents)
            : (PolicyNeed.Wider, $"{string.Join(" ", wider)}", documents);
    }

    /// <summary>Rules of the documents in whose range of announced ports the rule's ports lie, in a sentence.</summary>
    private static string InRange(List<DocumentRegion> near) => near.Count == 0
        ? ""
        : " Its ports lie in the range of "
            + string.Join(" and ", near.Take(MaxAbsent).Select(region => region.Rule.Rule.Id))
            + ", of which only announced ports are meant.";

    /// <summary>Rules of the documents for the same ports whose roles no host of the site has, in a sentence; they may
    /// be what the rule is for.</summary>
    private string Absent(PolicyRule rule)
    {
        List<string> named =
        [
            .. absent.Where(region => region.SharesPort(rule.Services))
                .Select(region => $"{region.Rule.Rule.Id} ({string.Join(", ", region.Rule.Rule.From)} to "
                    + $"{string.Join(", ", region.Rule.Rule.To)})").Distinct(),
        ];
        return named.Count == 0
            ? ""
            : $" {string.Join(" and ", named.Take(MaxAbsent))} {Quantity.Word(named.Count, "has", "have")} such "
                + "ports, but no host of the site has the role.";
    }

    /// <summary>The ports that the documents ask for where the rule allows fewer, in a sentence.</summary>
    private static string MoreThanAllowed(PolicyRule rule, List<DocumentRegion> asking)
    {
        foreach (var service in rule.Services.Where(service => service.HasPorts && service.Protocols.Ranges is [_]))
        {
            var transport = new IpProtocol(service.Protocols.Ranges[0].First);
            var asked = IntervalSet.Of(asking.SelectMany(region => region.PortsOf(transport.Value).Ranges));
            if (!asked.IsSubsetOf(service.DestinationPorts))
                return $"The documents ask for {transport} {ServiceText.Ports(asked)}.";
        }

        return "";
    }

    private static IEnumerable<string> Wider(PolicyRule rule, IntervalSet<UInt128> allowedFrom,
        IntervalSet<UInt128> allowedTo, List<DocumentRegion> asking)
    {
        // Ports that the RPC run-time assigned are those that the documents mean, whichever range they print.
        if (rule.Conditions.All(condition => condition.Kind != ConditionKind.RpcPort)
            && Beyond(rule.Services, asking) is { } services)
            yield return services;
        var from = IntervalSet.Of(asking.SelectMany(region => region.From.Ranges));
        if (!allowedFrom.IsSubsetOf(from))
            yield return $"It allows originators {AddressSet.Text(allowedFrom)}; the documents ask for "
                + $"{AddressSet.Text(from.Intersect(allowedFrom))}.";
        var to = IntervalSet.Of(asking.SelectMany(region => region.To.Ranges));
        if (!allowedTo.IsSubsetOf(to))
            yield return $"It allows responders {AddressSet.Text(allowedTo)}; the documents ask for "
                + $"{AddressSet.Text(to.Intersect(allowedTo))}.";
    }

    private static string? Beyond(ImmutableArray<ServiceMatch> services, List<DocumentRegion> asking)
    {
        foreach (var service in services)
        {
            var protocols = IntervalSet.Of(asking.SelectMany(region => region.Services)
                .SelectMany(own => own.Protocols.Ranges));
            if (!service.Protocols.IsSubsetOf(protocols))
                return $"It allows {ServiceText.Protocols(service.Protocols)}; the documents ask for "
                    + $"{ServiceText.Protocols(protocols.Intersect(service.Protocols))}.";
            foreach (var transport in new[] { IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp })
            {
                if (!service.Protocols.Contains(transport.Value))
                    continue;
                var asked = IntervalSet.Of(asking.SelectMany(region => region.PortsOf(transport.Value).Ranges));
                if (!service.DestinationPorts.IsSubsetOf(asked))
                    return $"It allows {transport} {ServiceText.Ports(service.DestinationPorts)}; the documents "
                        + $"ask for {ServiceText.Ports(asked.Intersect(service.DestinationPorts))}.";
            }
        }

        return null;
    }
}
