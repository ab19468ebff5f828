using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Where a rule stands and which names it may use.</summary>
/// <param name="Catalog">Identifier of the catalog.</param>
/// <param name="Parties">What <c>from</c> and <c>to</c> may name.</param>
/// <param name="Conditions">What <c>when</c> may name.</param>
/// <param name="Parameters">What <c>ports</c> may name.</param>
/// <param name="Documents">Documents that <c>source</c> may name; null for a site's own rules, which have no source and
/// may forbid.</param>
internal sealed record RuleScope(string Catalog, KnownNames Parties, KnownNames Conditions, KnownNames Parameters,
    CitableDocuments? Documents)
{
    /// <summary>Reads what <c>from</c> and <c>to</c> name, null for what is nothing, which is then noted. Null where
    /// <see cref="Parties"/> are all.</summary>
    public Func<YamlText, string?>? PartyOf { get; init; }

    /// <summary>Catalog identifier of a site's own rules.</summary>
    public const string SiteCatalog = "site";
}
