using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Matching;

/// <summary>All rules of an audit in the order of the catalogs, the site's own last, with conditions and parameters
/// resolved.</summary>
internal static class RuleBook
{
    /// <summary>Fills the choices of <paramref name="site"/> into the rules; without a site the catalogs' own
    /// defaults.</summary>
    public static ImmutableArray<BoundRule> Bind(CatalogSet catalogs, SiteFile? site)
    {
        var switches = new Switches(catalogs, site);
        var parameters = new Dictionary<string, ImmutableArray<PortRange>>(StringComparer.Ordinal);
        foreach (var parameter in catalogs.Files.SelectMany(file => file.Parameters))
            parameters.TryAdd(parameter.Id, parameter.Default);
        foreach (var (id, ports) in site?.Parameters ?? ImmutableDictionary<string, ImmutableArray<PortRange>>.Empty)
            parameters[id] = ports;

        var rules = catalogs.Files.SelectMany((file, order) => file.Rules.Select(rule => (Rule: rule, Order: order)))
            .Concat((site?.Rules ?? []).Select(rule => (Rule: rule, Order: catalogs.Files.Length)));
        return [.. rules.Select((entry, index) => Bind(index, entry.Rule, entry.Order, switches, parameters))];
    }

    private static BoundRule Bind(
        int index, Rule rule, int order, Switches switches, Dictionary<string, ImmutableArray<PortRange>> parameters)
    {
        var ports = rule.Ports;
        string? whyOff = null;
        if (rule.PortParameter is { } parameter)
        {
            ports = parameters.GetValueOrDefault(parameter, []);
            if (ports.IsDefaultOrEmpty)
                (ports, whyOff) = ([], $"The parameter {parameter}, which gives the ports, has no value in this site.");
        }

        if (!rule.When.IsMet(switches.IsOn))
            whyOff = OffSentence([.. rule.When.Conditions.Where(id => !switches.IsOn(id))]);
        return new BoundRule(index, rule, order, ports, whyOff);
    }

    private static string OffSentence(ImmutableArray<string> off) => off.Length == 1
        ? $"The condition {off[0]} is off in this site."
        : $"The conditions {string.Join(", ", off)} are off in this site.";
}
