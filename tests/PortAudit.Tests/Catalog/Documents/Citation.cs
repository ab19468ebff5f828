using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>An entry of a catalog and what it says of lines of a document.</summary>
/// <param name="Entry">Identifier of the entry.</param>
/// <param name="Source">The lines, with the other places that it rests on.</param>
/// <param name="Transports">Transports of the traffic it lets pass; empty for an entry that lets none.</param>
/// <param name="Ports">Ports of that traffic.</param>
/// <param name="IsConfigurable">True when a parameter gives the ports.</param>
internal sealed record Citation(string Entry, SourceReference Source, ImmutableArray<IpProtocol> Transports,
    ImmutableArray<PortRange> Ports, bool IsConfigurable)
{
    /// <summary>
    /// Every entry of the shipped catalogs that has a source. A parameter covers what it gives to the rules that name
    /// it: its lines are theirs.
    /// </summary>
    public static IEnumerable<Citation> All()
    {
        foreach (var file in Shipped.Catalogs.Files)
        {
            var parameters = file.Parameters.ToDictionary(parameter => parameter.Id);
            foreach (var rule in file.Rules)
            {
                var parameter = rule.PortParameter is { } id ? parameters[id] : null;
                yield return new Citation(rule.Id, rule.Source!, rule.Transports, parameter?.Default ?? rule.Ports,
                    parameter is not null);
                if (parameter is not null)
                    yield return new Citation(parameter.Id, parameter.Source, rule.Transports, parameter.Default,
                        IsConfigurable: true);
            }

            foreach (var (id, source) in WithoutTraffic(file))
                yield return new Citation(id, source, [], [], IsConfigurable: false);
        }
    }


    /// <summary>True when the entry lets the fact's ports, or its protocol without ports, pass over
    /// <paramref name="transport"/>; null is any with ports.</summary>
    public bool Covers(PrintedFact fact, IpProtocol? transport)
    {
        if (!Transports.Any(own => transport is null ? own.HasPorts : own == transport))
            return false;
        if (fact.Ports is null)
            return true;
        return fact.Ports == PrintedPorts.Configured ? IsConfigurable : Ports.Any(fact.Ports.IsReadAs);
    }

    private static IEnumerable<(string Id, SourceReference Source)> WithoutTraffic(CatalogFile file) =>
    [
        .. file.Roles.Where(entry => entry.Source is not null).Select(entry => (entry.Id, entry.Source!)),
        .. file.Conditions.Select(entry => (entry.Id, entry.Source)),
        .. file.Parameters.Select(entry => (entry.Id, entry.Source)),
        .. file.Cautions.Select(entry => (entry.Id, entry.Source)),
        .. file.Advice.Select(entry => (entry.Id, entry.Source)),
        .. file.Dependencies.Select(entry => (entry.Id, entry.Source)),
    ];
}
