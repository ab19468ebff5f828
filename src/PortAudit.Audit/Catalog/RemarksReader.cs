using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Reads what a catalog says besides its rules: cautions, advice and dependencies.</summary>
/// <param name="index">Gathers identifiers.</param>
/// <param name="scope">Names that entries may use.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class RemarksReader(EntryIndex index, RuleScope scope, FileDiagnostics diagnostics)
{
    /// <summary>Roles that a caution stands between.</summary>
    private const int Pair = 2;

    /// <summary>The cautions in the order of the file; faulty ones are skipped with a diagnostic.</summary>
    public ImmutableArray<Caution> ReadCautions(ImmutableArray<YamlValue> items) =>
        [.. items.Select(ReadCaution).OfType<Caution>()];

    /// <summary>The pieces of advice in the order of the file; call it last, for they may be about any entry.</summary>
    public ImmutableArray<Advice> ReadAdvice(ImmutableArray<YamlValue> items)
    {
        // An identifier of a piece of advice may be named by one that stands before it.
        var read = items.Select(item => ReadAdvice(item)).ToImmutableArray();
        var known = KnownNames.Of("entry", index.AllIds, "name an entry of this file");
        foreach (var name in read.SelectMany(entry => entry.About))
            known.Check(name, diagnostics);
        return [.. read.Select(entry => entry.Advice).OfType<Advice>()];
    }

    /// <summary>The dependencies in the order of the file; faulty ones are skipped with a diagnostic.</summary>
    public ImmutableArray<Dependency> ReadDependencies(ImmutableArray<YamlValue> items) =>
        [.. items.Select(ReadDependency).OfType<Dependency>()];

    private Caution? ReadCaution(YamlValue item)
    {
        if (Fields.Of(item, "a caution", diagnostics) is not { } fields)
            return null;
        var id = fields.Identifier("id", diagnostics);
        var between = ReadPair(fields);
        var means = fields.RequiredText("means") is { } word ? RuleWords.CautionMeanings.Read(word, diagnostics) : null;
        var unless = fields.OptionalText("unless");
        if (unless is not null && !scope.Conditions.Check(unless, diagnostics))
            unless = null;
        var text = fields.RequiredText("text");
        var source = fields.Source(scope.Documents!, diagnostics);
        var note = fields.Note();
        fields.Close();
        var isNew = id is not null && index.Add(EntryKind.Caution, id.Text, id.Position);
        return isNew && means is not null && text is not null && source is not null
            ? new Caution(id!.Text, between, means.Value, unless?.Text, text.Text.Trim(), source, note)
            : null;
    }

    private ImmutableArray<string> ReadPair(Fields fields)
    {
        var names = fields.RequiredTexts("between");
        if (names.Length is not (0 or Pair))
            diagnostics.Error(names[0].Position,
                $"'between' of a caution names {Pair} roles, this names {names.Length}", "write between: [a, b]");
        return [.. names.Where(name => scope.Parties.Check(name, diagnostics)).Select(name => name.Text)];
    }

    private (Advice? Advice, ImmutableArray<YamlText> About) ReadAdvice(YamlValue item)
    {
        if (Fields.Of(item, "advice", diagnostics) is not { } fields)
            return (null, []);
        var id = fields.Identifier("id", diagnostics);
        var about = fields.RequiredTexts("about");
        var text = fields.RequiredText("text");
        var references = fields.OptionalTexts("references");
        var source = fields.Source(scope.Documents!, diagnostics);
        var note = fields.Note();
        fields.Close();
        var isNew = id is not null && index.Add(EntryKind.Advice, id.Text, id.Position);
        return isNew && text is not null && source is not null
            ? (new Advice(id!.Text, Texts(about), text.Text.Trim(), Texts(references), source, note), about)
            : (null, about);
    }

    private Dependency? ReadDependency(YamlValue item)
    {
        if (Fields.Of(item, "a dependency", diagnostics) is not { } fields)
            return null;
        var id = fields.Identifier("id", diagnostics);
        var of = fields.Identifier("of", diagnostics);
        var on = fields.Identifier("on", diagnostics);
        var strength = fields.RequiredText("strength") is { } word ? RuleWords.Strengths.Read(word, diagnostics) : null;
        var source = fields.Source(scope.Documents!, diagnostics);
        var note = fields.Note();
        fields.Close();
        if (of is not null && of.Text == on?.Text)
            diagnostics.Error(on.Position, $"{Spelling.Quote(on.Text)} depends on itself",
                "name another service, or remove the entry");
        var isNew = id is not null && index.Add(EntryKind.Dependency, id.Text, id.Position);
        return isNew && of is not null && on is not null && strength is not null && source is not null
            ? new Dependency(id!.Text, of.Text, on.Text, strength.Value, source, note)
            : null;
    }

    private static ImmutableArray<string> Texts(ImmutableArray<YamlText> texts) => [.. texts.Select(text => text.Text)];
}
