using System.Collections.Immutable;

namespace PortAudit.Audit.Site;

/// <summary>The networks that rules and exceptions of a site name by their prefixes, and which of them hold an
/// address.</summary>
internal sealed class NamedNetworks
{
    private readonly ImmutableArray<(Prefix Prefix, ImmutableArray<string> Names)> _longestFirst;

    public NamedNetworks(SiteFile site)
    {
        var named = site.Rules.SelectMany(rule => rule.From.Concat(rule.To))
            .Concat(site.Exceptions.SelectMany(exception => new[] { exception.From, exception.To }));
        ImmutableArray<Prefix> prefixes =
            [.. named.Select(AddressText.PrefixOf).OfType<Prefix>().Distinct()
                .OrderByDescending(prefix => prefix.Length).ThenBy(prefix => prefix.Address)];
        _longestFirst = [.. prefixes.Select(prefix => (prefix, NamesAround(prefix, prefixes)))];
    }

    /// <summary>Every list that <see cref="Of"/> may return, in an order that follows from the site alone.</summary>
    public IEnumerable<ImmutableArray<string>> Lists => _longestFirst.Select(entry => entry.Names).Prepend([]);

    /// <summary>The networks that hold an address, the longest prefix first. Equal lists are one object.</summary>
    public ImmutableArray<string> Of(Traffic.Wire.IpAddress address)
    {
        foreach (var (prefix, names) in _longestFirst)
        {
            if (prefix.Contains(address))
                return names;
        }

        return [];
    }

    // Prefixes that hold one address are nested, so the longest determines the rest.
    private static ImmutableArray<string> NamesAround(Prefix inner, ImmutableArray<Prefix> prefixes) =>
        [.. prefixes.Where(outer => outer.Length <= inner.Length && outer.Contains(inner.Address))
            .Select(outer => outer.ToString())];
}
