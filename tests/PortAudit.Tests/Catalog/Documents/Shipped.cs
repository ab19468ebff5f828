using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.Yaml;

namespace PortAudit.Tests.Catalog.Documents;

/// <summary>All catalogs that travel inside the program, read once.</summary>
internal static class Shipped
{
    /// <summary>The catalogs.</summary>
    public static CatalogSet Catalogs { get; } = Load();

    /// <summary>Their rules.</summary>
    public static ImmutableArray<Rule> Rules { get; } = [.. Catalogs.Files.SelectMany(file => file.Rules)];

    /// <summary>Identifiers of their conditions.</summary>
    public static ImmutableArray<string> Conditions { get; } =
        [.. Catalogs.Files.SelectMany(file => file.Conditions).Select(condition => condition.Id).Distinct()
            .Order(StringComparer.Ordinal)];

    // A parameter without a default has no ports until a site gives them, and its rules would apply nowhere.
    private static ImmutableDictionary<string, ImmutableArray<PortRange>> MissingPorts { get; } = Catalogs.Files
        .SelectMany(file => file.Parameters).Where(parameter => parameter.Default.IsEmpty)
        .Select(parameter => parameter.Id).Distinct()
        .ToImmutableDictionary(id => id, _ => ImmutableArray.Create(new PortRange(40000, 40000)));

    /// <summary>Their rules in a site that names all catalogs and switches every condition itself.</summary>
    public static ImmutableArray<BoundRule> Bind(Func<string, bool> isOn) => RuleBook.Bind(Catalogs, new SiteFile
    {
        Name = "Switches",
        File = "site.yaml",
        Sha256 = "",
        Catalogs = [.. Catalogs.Files.Select(file => file.Id)],
        Conditions = Conditions.ToImmutableDictionary(id => id, isOn),
        Parameters = MissingPorts,
        Segments = [],
        Hosts = [],
        Networks = [],
        CapturePoints = [],
        Exceptions = [],
        Rules = [],
    });

    private static CatalogSet Load()
    {
        var diagnostics = new List<Diagnostic>();
        var catalogs = CatalogLibrary.Load(CatalogLibrary.Ids(null, diagnostics), null, diagnostics);
        Assert.Empty(diagnostics);
        return catalogs!;
    }
}
