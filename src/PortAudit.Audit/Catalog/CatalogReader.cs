using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Reads one catalog (<c>rules/*.yaml</c>, design §4). A catalog defines every role, condition and parameter
/// that it names.</summary>
public static class CatalogReader
{
    /// <summary>Reads a catalog from a file. Never throws for what the file holds.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="displayPath">Path to show in diagnostics and reports.</param>
    /// <param name="documents">Documents that its entries may cite.</param>
    /// <param name="diagnostics">Receives everything that is wrong with the file, in its order.</param>
    /// <returns>The catalog; null when a diagnostic is an error.</returns>
    public static CatalogFile? Read(string path, string displayPath, ImmutableArray<SourceDocument> documents,
        ICollection<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        var file = new FileDiagnostics(displayPath);
        var text = YamlFile.Read(path, file) is { } yaml ? Read(yaml, documents, file) : null;
        file.MoveTo(diagnostics);
        return text?.File;
    }

    /// <summary>Reads a catalog with the positions of its entries; null after an error.</summary>
    internal static CatalogText? Read(YamlFile yaml, ImmutableArray<SourceDocument> documents,
        FileDiagnostics diagnostics)
    {
        var fields = Fields.Of(yaml.Root, "a catalog", diagnostics)!;
        var id = IdOf(fields, diagnostics);
        var title = fields.RequiredText("title");
        var index = new EntryIndex(diagnostics);
        var known = new CitableDocuments(documents);
        var roles = new RolesReader(index, known, diagnostics).Read(fields.Entries("roles"));
        var entries = new EntriesReader(index, known, diagnostics);
        var conditions = entries.ReadConditions(fields.Items("conditions"));
        var parameters = entries.ReadParameters(fields.Items("parameters"));
        var scope = new RuleScope(
            id?.Text ?? "",
            KnownNames.Of("role", index.Ids(EntryKind.Role).Concat(BuiltInRoles.All), "define it under 'roles'"),
            KnownNames.Of("condition", index.Ids(EntryKind.Condition), "define it under 'conditions'"),
            KnownNames.Of("parameter", index.Ids(EntryKind.Parameter), "define it under 'parameters'"),
            known);
        var rules = ReadRules(fields, scope, index, diagnostics);
        var remarks = new RemarksReader(index, scope, diagnostics);
        var cautions = remarks.ReadCautions(fields.Items("cautions"));
        var dependencies = remarks.ReadDependencies(fields.Items("dependencies"));
        var advice = remarks.ReadAdvice(fields.Items("advice"));
        var signs = new SignsReader(scope, diagnostics).Read(fields.Items("signs"));
        fields.Close();
        if (diagnostics.HasErrors)
            return null;
        return new CatalogText(
            new CatalogFile
            {
                Id = id!.Text,
                Title = title!.Text,
                File = diagnostics.File,
                Sha256 = yaml.Sha256,
                Roles = roles,
                Rules = rules,
                Conditions = conditions,
                Parameters = parameters,
                Cautions = cautions,
                Advice = advice,
                Dependencies = dependencies,
                Signs = signs,
            },
            index.Positions);
    }

    private static YamlText? IdOf(Fields fields, FileDiagnostics diagnostics)
    {
        var id = fields.Identifier("catalog", diagnostics);
        if (id?.Text == RuleScope.SiteCatalog)
            diagnostics.Error(id.Position, $"{Spelling.Quote(id.Text)} names the rules of a site",
                "give the catalog another name");
        return id;
    }

    private static ImmutableArray<Rule> ReadRules(Fields fields, RuleScope scope, EntryIndex index,
        FileDiagnostics diagnostics)
    {
        if (fields.Required("rules") is null)
            return [];
        var reader = new RuleReader(scope, diagnostics);
        var rules = ImmutableArray.CreateBuilder<Rule>();
        foreach (var item in fields.Items("rules"))
        {
            if (reader.Read(item) is { } read && index.Add(EntryKind.Rule, read.Rule.Id, read.Position))
                rules.Add(read.Rule);
        }

        return rules.ToImmutable();
    }
}
