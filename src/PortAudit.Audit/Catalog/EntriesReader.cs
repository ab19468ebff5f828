using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Reads the conditions and parameters of a catalog.</summary>
/// <param name="index">Gathers identifiers.</param>
/// <param name="documents">Documents that entries may cite.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class EntriesReader(EntryIndex index, CitableDocuments documents, FileDiagnostics diagnostics)
{
    private static readonly WordList<bool> Kinds = new("value of 'kind'", ("ports", true));

    /// <summary>The conditions in the order of the file; faulty ones are skipped with a diagnostic.</summary>
    public ImmutableArray<Condition> ReadConditions(ImmutableArray<YamlValue> items) =>
        [.. items.Select(ReadCondition).OfType<Condition>()];

    /// <summary>The parameters in the order of the file; faulty ones are skipped with a diagnostic.</summary>
    public ImmutableArray<Parameter> ReadParameters(ImmutableArray<YamlValue> items) =>
        [.. items.Select(ReadParameter).OfType<Parameter>()];

    private Condition? ReadCondition(YamlValue item)
    {
        if (Fields.Of(item, "a condition", diagnostics) is not { } fields)
            return null;
        var id = fields.Identifier("id", diagnostics);
        var title = fields.RequiredText("title");
        var value = fields.Required("default") is { } text ? EntryFields.Switch(text, diagnostics) : null;
        var source = fields.Source(documents, diagnostics);
        var note = fields.Note();
        fields.Close();
        var isNew = id is not null && index.Add(EntryKind.Condition, id.Text, id.Position);
        return isNew && title is not null && value is not null && source is not null
            ? new Condition(id!.Text, title.Text, value.Value, source) { Note = note }
            : null;
    }

    private Parameter? ReadParameter(YamlValue item)
    {
        if (Fields.Of(item, "a parameter", diagnostics) is not { } fields)
            return null;
        var id = fields.Identifier("id", diagnostics);
        var title = fields.RequiredText("title");
        fields.Word("kind", Kinds, true, diagnostics);
        var ports = fields.Optional("default") is { } value ? PortsReader.Read(value, diagnostics) : [];
        var source = fields.Source(documents, diagnostics);
        var note = fields.Note();
        fields.Close();
        var isNew = id is not null && index.Add(EntryKind.Parameter, id.Text, id.Position);
        return isNew && title is not null && source is not null
            ? new Parameter(id!.Text, title.Text, ports, source) { Note = note }
            : null;
    }
}
