using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.PolicyReview;

/// <summary>
/// The rules that a firewall between the segments of a site would need: what documents and site allow between hosts
/// that the site has. A rule that no traffic exercised is proposed all the same, since silence proves no lack of need;
/// traffic that no rule allows is not proposed.
/// </summary>
public sealed class FirewallProposal
{
    private readonly SiteFile _site;
    private readonly RoleTree _roles;
    private readonly ImmutableArray<BoundRule> _rules;
    private readonly ImmutableArray<RuleRow> _rows;

    internal FirewallProposal(SiteFile site, RoleTree roles, ImmutableArray<BoundRule> rules,
        ImmutableArray<RuleRow> rows) => (_site, _roles, _rules, _rows) = (site, roles, rules, rows);

    /// <summary>The rules, none of which another one covers.</summary>
    public ImmutableArray<ProposedRule> Rules(ProposalWidth width)
    {
        var addresses = new PartyAddresses(_site, _roles);
        ImmutableArray<IntervalSet<UInt128>> segments =
            [.. _site.Segments.Select(segment => addresses.Of(segment.Name)).Where(set => !set.IsEmpty)];
        var flows = _rows.ToLookup(row => row.Rule.Id, row => row.Flows, StringComparer.Ordinal);
        var rules = DocumentRegion.Of(_rules.Where(rule => rule.Rule.Need != Need.Informational), addresses)
            .SelectMany(region => Between(region, width, segments, flows[region.Rule.Rule.Id].Sum())).ToList();
        for (var before = 0; before != rules.Count;)
        {
            before = rules.Count;
            rules = Merge(rules, rule => (rule.From, rule.To), ServicesOf);
            rules = Merge(rules, rule => (rule.From, Key(rule.Services)), (first, second) => first with
            {
                To = first.To.Union(second.To),
            });
            rules = Merge(rules, rule => (rule.To, Key(rule.Services)), (first, second) => first with
            {
                From = first.From.Union(second.From),
            });
        }

        return [.. rules.Where((rule, index) => !rules.Where((other, at) => at != index)
            .Any(other => Covers(other, rule) && !(Covers(rule, other) && rules.IndexOf(other) > index)))];
    }

    private static bool Covers(ProposedRule wide, ProposedRule narrow) => narrow.From.IsSubsetOf(wide.From)
        && narrow.To.IsSubsetOf(wide.To)
        && narrow.Services.All(service => wide.Services.Any(own => service.Protocols.IsSubsetOf(own.Protocols)
            && service.DestinationPorts.IsSubsetOf(own.DestinationPorts)));

    /// <summary>Combinations of IPv4 hosts and ports that rules allow: their width. IPv6 is left out, as its sets are
    /// either few addresses or too many to compare.</summary>
    public static double Combinations(IEnumerable<ProposedRule> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return rules.Sum(rule => SizeIpv4(rule.From) * SizeIpv4(rule.To) * rule.Services.Sum(service =>
            service.DestinationPorts.IsAll ? ushort.MaxValue : Size(service.DestinationPorts)));
    }

    /// <summary>What a region allows from one segment into another; the region itself where the site has no
    /// segments.</summary>
    private static IEnumerable<ProposedRule> Between(DocumentRegion region, ProposalWidth width,
        ImmutableArray<IntervalSet<UInt128>> segments, long flows)
    {
        ImmutableArray<ProposalBasis> basis = [new ProposalBasis(region.Rule.Rule, flows)];
        if (segments.Length < 2)
        {
            yield return new ProposedRule(region.From, region.To, region.Services, basis);
            yield break;
        }

        foreach (var source in segments)
        {
            var from = region.From.Intersect(source);
            if (from.IsEmpty)
                continue;
            foreach (var destination in segments.Where(segment => segment != source))
            {
                var to = region.To.Intersect(destination);
                if (!to.IsEmpty)
                    yield return width == ProposalWidth.Exact
                        ? new ProposedRule(from, to, region.Services, basis)
                        : new ProposedRule(source, destination, region.Services, basis);
            }
        }
    }

    /// <summary>Joins rules that differ in one part alone, which makes none of them wider.</summary>
    private static List<ProposedRule> Merge<TKey>(List<ProposedRule> rules, Func<ProposedRule, TKey> key,
        Func<ProposedRule, ProposedRule, ProposedRule> join)
        where TKey : notnull
    {
        var merged = new List<ProposedRule>();
        var indexOf = new Dictionary<TKey, int>();
        foreach (var rule in rules)
        {
            if (indexOf.TryAdd(key(rule), merged.Count))
                merged.Add(rule);
            else
            {
                var index = indexOf[key(rule)];
                merged[index] = join(merged[index], rule) with
                {
                    Basis = [.. merged[index].Basis.Concat(rule.Basis).DistinctBy(basis => basis.Rule.Id)],
                };
            }
        }

        return merged;
    }

    private static ProposedRule ServicesOf(ProposedRule first, ProposedRule second) => first with
    {
        Services = Union([.. first.Services, .. second.Services]),
    };

    /// <summary>Services with one entry for each protocol, in the order of their numbers.</summary>
    private static ImmutableArray<ServiceMatch> Union(ImmutableArray<ServiceMatch> services)
    {
        if (services.Any(service => service.IsAny))
            return [ServiceMatch.Any];
        return
        [
            .. services.GroupBy(service => service.Protocols).OrderBy(group => group.Key.Ranges[0].First)
                .Select(group => group.Aggregate((first, second) => first with
                {
                    DestinationPorts = first.DestinationPorts.Union(second.DestinationPorts),
                })),
        ];
    }

    private static string Key(ImmutableArray<ServiceMatch> services) =>
        string.Join(';', Union(services).Select(ServiceText.Of));

    private static double SizeIpv4(IntervalSet<UInt128> set) => Size(set.Intersect(AddressSet.AnyIpv4));

    private static double Size<T>(IntervalSet<T> set)
        where T : struct, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T> =>
        set.Ranges.Sum(range => double.CreateSaturating(range.Last) - double.CreateSaturating(range.First) + 1);
}
