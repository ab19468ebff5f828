using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.PolicyReview;

/// <summary>Compares what a rule of a firewall allows with what documents and site ask for. Each dimension
/// (originators, responders, ports) is compared by itself: what is called wider certainly is; combinations of parts
/// that are all asked for somewhere are not told apart.</summary>
/// <param name="regions">What is asked for.</param>
internal sealed class NeedComparison(ImmutableArray<DocumentRegion> regions)
{
    /// <summary>Rules of documents that a row lists at most.</summary>
    public const int MaxDocuments = 10;

    /// <summary>Whether, and why.</summary>
    public (PolicyNeed Need, string Reason, ImmutableArray<Rule> Documents) Of(PolicyRule rule)
    {
        if (rule.Action != PolicyAction.Permit || !rule.IsEnabled || !rule.States.HasFlag(ConnectionStates.New))
            return (PolicyNeed.NotCompared, "", []);
        List<DocumentRegion> asking = [.. regions.Where(region => region.Overlaps(rule))];
        if (asking.Count == 0)
            return (PolicyNeed.Undocumented, "No rule of the catalogs or the site asks for anything that it allows.",
                []);
        ImmutableArray<Rule> documents =
            [.. asking.Select(region => region.Rule.Rule).Distinct().Take(MaxDocuments)];
        var wider = Wider(rule, asking).ToList();
        return wider.Count == 0
            ? (PolicyNeed.Documented, "", documents)
            : (PolicyNeed.Wider, $"{string.Join(" ", wider)}", documents);
    }

    private static IEnumerable<string> Wider(PolicyRule rule, List<DocumentRegion> asking)
    {
        if (Beyond(rule.Services, asking) is { } services)
            yield return services;
        var from = IntervalSet.Of(asking.SelectMany(region => region.From.Ranges));
        if (!rule.Source.Set.IsSubsetOf(from))
            yield return $"It allows originators {AddressSet.Text(rule.Source.Set)}; the documents ask for "
                + $"{AddressSet.Text(from.Intersect(rule.Source.Set))}.";
        var to = IntervalSet.Of(asking.SelectMany(region => region.To.Ranges));
        if (!rule.Destination.Set.IsSubsetOf(to))
            yield return $"It allows responders {AddressSet.Text(rule.Destination.Set)}; the documents ask for "
                + $"{AddressSet.Text(to.Intersect(rule.Destination.Set))}.";
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
