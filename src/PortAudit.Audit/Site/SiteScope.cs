using System.Collections.Frozen;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Site;

/// <summary>The names that the catalogs of a site define.</summary>
/// <param name="Roles">Roles, the built-in ones among them.</param>
/// <param name="Conditions">Conditions.</param>
/// <param name="Parameters">Parameters.</param>
/// <param name="CatalogOfRule">The catalog of each rule, by the rule's identifier; empty when the catalogs could not be
/// read.</param>
internal sealed record SiteScope(KnownNames Roles, KnownNames Conditions, KnownNames Parameters,
    FrozenDictionary<string, string> CatalogOfRule)
{
    private static readonly SiteScope Undecided = new(
        KnownNames.Undecided("role"), KnownNames.Undecided("condition"), KnownNames.Undecided("parameter"),
        FrozenDictionary<string, string>.Empty);

    /// <summary>The names of <paramref name="catalogs"/>; when null every name goes, for nothing can be said against
    /// one.</summary>
    public static SiteScope Of(CatalogSet? catalogs) => catalogs is null
        ? Undecided
        : new SiteScope(
            KnownNames.Of("role",
                catalogs.Files.SelectMany(file => file.Roles).Select(role => role.Id).Concat(BuiltInRoles.All),
                "list the catalog that defines it under 'catalogs'; 'portaudit catalog list --kind role' shows "
                    + "all"),
            KnownNames.Of("condition",
                catalogs.Files.SelectMany(file => file.Conditions).Select(condition => condition.Id)),
            KnownNames.Of("parameter",
                catalogs.Files.SelectMany(file => file.Parameters).Select(parameter => parameter.Id)),
            catalogs.Files.SelectMany(file => file.Rules)
                .ToFrozenDictionary(rule => rule.Id, rule => rule.Catalog, StringComparer.Ordinal));
}
