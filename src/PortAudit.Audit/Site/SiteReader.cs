using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Site;

/// <summary>Reads a site file (design §5) and binds it to its catalogs.</summary>
public static class SiteReader
{
    /// <summary>Reads a site from a file. Never throws for what the file holds.</summary>
    /// <param name="path">Path of the file, shown in diagnostics as it is.</param>
    /// <param name="catalogs">The catalogs that it may name.</param>
    /// <param name="diagnostics">Receives everything that is wrong with the file, in its order.</param>
    /// <returns>The site; null when a diagnostic is an error.</returns>
    public static SiteFile? Read(string path, CatalogSet catalogs, ICollection<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(catalogs);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var file = new FileDiagnostics(path);
        var ids = KnownNames.Of("catalog", catalogs.Files.Select(catalog => catalog.Id));
        var site = YamlFile.Read(path, file) is { } yaml ? Read(yaml, ids, named => Only(named, catalogs), file) : null;
        file.MoveTo(diagnostics);
        return site;
    }

    /// <summary>Reads a site; null after an error.</summary>
    /// <param name="yaml">The file.</param>
    /// <param name="catalogIds">Catalogs that it may name.</param>
    /// <param name="load">Reads the catalogs that it names; null when they have faults, then no name is compared with
    /// the site.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    internal static SiteFile? Read(YamlFile yaml, KnownNames catalogIds, Func<ImmutableArray<string>, CatalogSet?> load,
        FileDiagnostics diagnostics)
    {
        var fields = Fields.Of(yaml.Root, "a site", diagnostics)!;
        var name = fields.RequiredText("site");
        var named = fields.RequiredTexts("catalogs");
        ImmutableArray<string> catalogs =
            [.. named.Where(id => catalogIds.Check(id, diagnostics)).Select(id => id.Text)];
        var loaded = load(catalogs);
        var scope = SiteScope.Of(catalogs.IsEmpty || catalogs.Length < named.Length ? null : loaded);
        var listed = fields.Entries("segments");
        var segments = new SegmentsReader(diagnostics).Read(listed);
        var reader = new HostsReader(scope.Roles, diagnostics);
        var hosts = reader.ReadHosts(fields.Items("hosts"));
        var parties = PartyReader.Of(scope.Roles, hosts, listed, diagnostics);
        var conditions = ReadConditions(fields, scope.Conditions, diagnostics);
        var parameters = ReadParameters(fields, scope.Parameters, diagnostics);
        var networks = reader.ReadNetworks(fields.Items("networks"));
        var segmentNames = KnownNames.Of("segment", segments.Select(segment => segment.Name));
        var points = new CapturePointsReader(segmentNames, diagnostics).Read(fields.Items("capture-points"));
        var conduits = new ConduitsReader(segmentNames, diagnostics).Read(fields.Items("conduits"));
        var policies = new PoliciesReader(segmentNames, KnownNames.Of("host", hosts.Select(host => host.Name)),
            parties, diagnostics).Read(fields.Items("policies"));
        var exceptions = new ExceptionsReader(parties, diagnostics).Read(fields.Items("exceptions"));
        var rules = ReadRules(fields,
            new RuleScope(RuleScope.SiteCatalog, scope.Roles, scope.Conditions, scope.Parameters, Documents: null)
            {
                PartyOf = parties.Read,
            }, scope, diagnostics);
        var site = new SiteFile
        {
            Name = name?.Text ?? "",
            File = diagnostics.File,
            Sha256 = yaml.Sha256,
            Catalogs = catalogs,
            Conditions = conditions,
            Parameters = parameters,
            Segments = segments,
            Hosts = hosts,
            Networks = networks,
            CapturePoints = points,
            Exceptions = [.. exceptions.Select(entry => entry.Exception)],
            Rules = [.. rules.Select(entry => entry.Rule)],
            Conduits = conduits,
            Policies = policies,
            RulePositions = rules.ToImmutableDictionary(entry => entry.Rule.Id, entry => entry.Position,
                StringComparer.Ordinal),
        };
        fields.Close();
        if (diagnostics.HasErrors || loaded is null)
            return diagnostics.HasErrors ? null : site;
        reader.WarnOfUnsegmented(site);
        var scopes = new ScopeComparison(site, new RoleTree(loaded));
        new ExceptionConflicts(scopes, diagnostics).Check(exceptions, rules);
        new RuleConflicts(scopes, diagnostics).Check(rules);
        return site;
    }

    private static CatalogSet Only(ImmutableArray<string> ids, CatalogSet catalogs) =>
        catalogs with { Files = [.. catalogs.Files.Where(file => ids.Contains(file.Id))] };

    private static ImmutableDictionary<string, bool> ReadConditions(Fields fields, KnownNames known,
        FileDiagnostics diagnostics)
    {
        var switches = ImmutableDictionary.CreateBuilder<string, bool>(StringComparer.Ordinal);
        foreach (var (name, value) in fields.Entries("conditions"))
        {
            if (known.Check(name, diagnostics) && EntryFields.Switch(value, diagnostics) is { } isOn)
                switches.Add(name.Text, isOn);
        }

        return switches.ToImmutable();
    }

    private static ImmutableDictionary<string, ImmutableArray<PortRange>> ReadParameters(Fields fields,
        KnownNames known, FileDiagnostics diagnostics)
    {
        var parameters = ImmutableDictionary.CreateBuilder<string, ImmutableArray<PortRange>>(StringComparer.Ordinal);
        foreach (var (name, value) in fields.Entries("parameters"))
        {
            if (known.Check(name, diagnostics))
                parameters.Add(name.Text, PortsReader.Read(value, diagnostics));
        }

        return parameters.ToImmutable();
    }

    private static ImmutableArray<(Rule Rule, TextPosition Position)> ReadRules(Fields fields, RuleScope ruleScope,
        SiteScope scope, FileDiagnostics diagnostics)
    {
        var reader = new RuleReader(ruleScope, diagnostics);
        var index = new EntryIndex(diagnostics);
        var rules = ImmutableArray.CreateBuilder<(Rule, TextPosition)>();
        foreach (var item in fields.Items("rules"))
        {
            if (reader.Read(item) is not { } read || !index.Add(EntryKind.Rule, read.Rule.Id, read.Position))
                continue;
            if (scope.CatalogOfRule.TryGetValue(read.Rule.Id, out var catalog))
            {
                diagnostics.Error(
                    read.Position,
                    $"rule {Spelling.Quote(read.Rule.Id)} is also in catalog {Spelling.Quote(catalog)}",
                    "give it another identifier");
            }
            else
                rules.Add(read);
        }

        return rules.ToImmutable();
    }
}
