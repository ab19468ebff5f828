using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Roles;

/// <summary>
/// The names of an address that may be those of a host, the one seen most often and most specific first. The apex of a
/// domain is no host name: its addresses are those of all its controllers.
/// </summary>
internal sealed class HostNaming
{
    private readonly SeenNames _seen;
    private readonly HashSet<string> _domains = new(StringComparer.OrdinalIgnoreCase);

    public HostNaming(ImmutableArray<NameSighting> names)
    {
        _seen = new SeenNames(names);
        foreach (var name in names.Select(sighting => sighting.Name))
        {
            for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0;
                dot = name.IndexOf('.', dot + 1))
                _domains.Add(name[(dot + 1)..]);
        }
    }

    /// <summary>The names of an address, the preferred one first.</summary>
    public ImmutableArray<NameSighting> Of(IpAddress address) =>
    [
        .. _seen.Of(address.ToString()).Where(name => !IsApex(name))
            .GroupBy(name => LabelsOf(name)[0], StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(group => group.Any(name => name.Basis.IsOfHost()))
            .ThenByDescending(group => group.Sum(name => name.Sightings))
            .SelectMany(group => group.OrderByDescending(name => LabelsOf(name).Length)
                .ThenByDescending(name => name.Sightings)),
    ];

    /// <summary>True for a name under which others are, and for one that DNS gives to a domain of two labels.</summary>
    private bool IsApex(NameSighting name) => _domains.Contains(name.Name)
        || (name.Basis == NameBasis.DnsAnswer && LabelsOf(name).Length == 2);

    private static string[] LabelsOf(NameSighting name) => name.Name.TrimEnd('.').Split('.');
}

/// <summary>Which names are said of a host by a directory or by itself.</summary>
public static class HostNameBasis
{
    /// <summary>True for a name from a directory or from the host itself; false for what a client asked for or what a
    /// certificate of many servers holds.</summary>
    public static bool IsOfHost(this NameBasis basis) => basis <= NameBasis.Llmnr;
}
