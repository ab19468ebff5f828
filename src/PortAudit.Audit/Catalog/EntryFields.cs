using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Values that several kinds of entries share.</summary>
internal static class EntryFields
{
    /// <summary>Longest identifier, in characters: it has to fit a column of a report.</summary>
    public const int MaxIdentifierLength = 100;

    /// <summary>A required identifier; null with a diagnostic if missing or ill-formed.</summary>
    public static YamlText? Identifier(this Fields fields, string key, FileDiagnostics diagnostics) =>
        fields.RequiredText(key) is { } text && IsIdentifier(text, diagnostics) ? text : null;

    /// <summary>True for letters, digits, dots, hyphens and underscores that begin with a letter or digit; otherwise
    /// adds an error.</summary>
    public static bool IsIdentifier(YamlText text, FileDiagnostics diagnostics)
    {
        var isSound = text.Text.Length is > 0 and <= MaxIdentifierLength
            && char.IsAsciiLetterOrDigit(text.Text[0])
            && text.Text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');
        if (!isSound)
        {
            diagnostics.Error(
                text.Position,
                $"{Spelling.Quote(text.Text)} is not an identifier",
                $"use letters, digits, '.', '-' and '_', beginning with a letter or digit, at most "
                    + $"{MaxIdentifierLength} characters");
        }

        return isSound;
    }

    /// <summary>A word of a vocabulary; <paramref name="otherwise"/> when the key is not there or a fault was
    /// noted.</summary>
    public static T Word<T>(this Fields fields, string key, WordList<T> words, T otherwise, FileDiagnostics diagnostics)
        where T : struct =>
        fields.OptionalText(key) is { } text ? words.Read(text, diagnostics) ?? otherwise : otherwise;

    /// <summary>A switch; null with a diagnostic if none.</summary>
    public static bool? Switch(YamlValue value, FileDiagnostics diagnostics)
    {
        if (value is YamlText text)
            return RuleWords.Switches.Read(text with { Text = text.Text.ToLowerInvariant() }, diagnostics);
        diagnostics.Error(value.Position, $"a switch is on or off, this is {value.Kind}");
        return null;
    }

    /// <summary>The words on how the document was read; null if none.</summary>
    public static string? Note(this Fields fields) => fields.OptionalText("note")?.Text.Trim();

    /// <summary>A required source, or a list of them, of which the first is the one that reports show; null with a
    /// diagnostic if missing or faulty.</summary>
    public static SourceReference? Source(this Fields fields, CitableDocuments documents,
        FileDiagnostics diagnostics) =>
        fields.Required("source", "write source: { document: ID, section: HEADINGS, lines: [N] }") is { } value
            ? ReadSources(value, documents, diagnostics)
            : null;

    /// <summary>A source, or a list of them; null with a diagnostic if missing, or faulty.</summary>
    public static SourceReference? OptionalSource(this Fields fields, CitableDocuments documents,
        FileDiagnostics diagnostics) =>
        fields.Optional("source") is { } value ? ReadSources(value, documents, diagnostics) : null;

    private static SourceReference? ReadSources(YamlValue value, CitableDocuments documents,
        FileDiagnostics diagnostics)
    {
        if (value is not YamlList list)
            return ReadSource(value, documents, diagnostics);
        if (list.Items.IsEmpty)
            diagnostics.Error(list.Position, "the list of sources is empty", "name at least one");
        var sources = list.Items.Select(item => ReadSource(item, documents, diagnostics)).OfType<SourceReference>()
            .ToImmutableArray();
        return sources.IsEmpty ? null : sources[0] with { Also = sources[1..] };
    }

    private static SourceReference? ReadSource(YamlValue value, CitableDocuments documents, FileDiagnostics diagnostics)
    {
        if (Fields.Of(value, "a source", diagnostics) is not { } source)
            return null;
        var id = source.RequiredText("document");
        var section = source.RequiredText("section");
        var document = id is null ? null : documents.Find(id, diagnostics);
        var isCounted = document is not { Sha256: null };
        var lines = isCounted ? Lines(source.RequiredTexts("lines"), diagnostics) : [];
        if (!isCounted && source.Optional("lines") is { } uncounted)
            diagnostics.Error(uncounted.Position, $"document {Spelling.Quote(id!.Text)} has no text to count lines in",
                "leave 'lines' out, or give the document the 'sha256' of a text");
        source.Close();
        return document is not null && section is not null && lines.IsEmpty != isCounted
            ? new SourceReference(document.Id, section.Text, lines)
            : null;
    }

    private static ImmutableArray<int> Lines(ImmutableArray<YamlText> texts, FileDiagnostics diagnostics)
    {
        var lines = ImmutableArray.CreateBuilder<int>(texts.Length);
        foreach (var text in texts)
        {
            if (!int.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var line) || line == 0)
                diagnostics.Error(text.Position, $"{Spelling.Quote(text.Text)} is not a line number",
                    "lines are counted from 1; list every line");
            else if (lines.Count > 0 && line <= lines[^1])
                diagnostics.Error(text.Position, $"line {line} stands after line {lines[^1]}",
                    "list lines in ascending order");
            else
                lines.Add(line);
        }

        return lines.Count == texts.Length ? lines.ToImmutable() : [];
    }
}
