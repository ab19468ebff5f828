using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;

namespace PortAudit.Audit.Needs;

/// <summary>What two catalogs ask of a network, side by side: by pair of roles, transport and port.</summary>
/// <param name="First">The first catalog.</param>
/// <param name="Second">The second catalog.</param>
/// <param name="Roles">Roles that only one of them defines under their identifier: those of the first, then those of
/// the second, in ordinal order.</param>
/// <param name="Pairs">The pairs of roles that a rule names, in ordinal order.</param>
/// <param name="PairsLeftOut">Pairs beyond <see cref="MaximumPairs"/>, which are not compared.</param>
public sealed record CatalogComparison(CatalogFile First, CatalogFile Second, ImmutableArray<RoleCounterpart> Roles,
    ImmutableArray<ComparedPair> Pairs, int PairsLeftOut)
{
    /// <summary>Pairs of roles compared at most: lists of roles multiply.</summary>
    public const int MaximumPairs = 5_000;

    /// <summary>
    /// Compares two catalogs. Each need of a rule is compared once, at the pair of roles that the rule names, with all
    /// that the other catalog asks of hosts of these roles: by their identifiers, as kinds of other roles, as any host.
    /// Parameters have their defaults; conditions do not count.
    /// </summary>
    /// <param name="first">The first catalog alone.</param>
    /// <param name="second">The second catalog alone.</param>
    /// <param name="given">Roles that answer to each other under different identifiers: one of the first and one of the
    /// second.</param>
    public static CatalogComparison Of(CatalogSet first, CatalogSet second,
        ImmutableArray<KeyValuePair<string, string>> given)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var pairing = new RolePairing(first.Files[0], second.Files[0], given);
        var asked = new AskedNeeds(RuleBook.Bind(first, site: null), pairing.FirstTree);
        var otherAsked = new AskedNeeds(
            RuleBook.Bind(second with { Files = [pairing.Second] }, site: null), pairing.SecondTree);
        ImmutableArray<RolePair> pairs = [.. asked.Pairs.Concat(otherAsked.Pairs).Distinct()
            .OrderBy(pair => pair.From, StringComparer.Ordinal).ThenBy(pair => pair.To, StringComparer.Ordinal)];
        return new CatalogComparison(first.Files[0], second.Files[0], pairing.Counterparts,
            [.. pairs.Take(MaximumPairs).Select(pair => PairComparison.Of(pair, asked, otherAsked))],
            Math.Max(0, pairs.Length - MaximumPairs));
    }
}
