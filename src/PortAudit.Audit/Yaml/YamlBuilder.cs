using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PortAudit.Audit.Yaml;

/// <summary>
/// Builds the values of a YAML document from the parser's events. Anchors and aliases, tags and further documents are
/// refused: the files need none, and an alias of an alias grows without bound. A fault within a value is noted and the
/// rest is still read.
/// </summary>
/// <param name="parser">Source of the events, at its start.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class YamlBuilder(IParser parser, FileDiagnostics diagnostics)
{
    /// <summary>Deepest nesting: a rule's source lines stand at 5.</summary>
    public const int MaxDepth = 16;

    /// <summary>Most values in one file, which bounds memory; a site with a hundred thousand hosts has fewer.</summary>
    public const int MaxValues = 1_000_000;

    private int _values;

    /// <summary>Where the value that was read last begins.</summary>
    public TextPosition LastPosition { get; private set; }

    /// <summary>The document when it is a mapping; null with a diagnostic if not, or too deep or too large.</summary>
    /// <exception cref="YamlException">The text is not YAML.</exception>
    public YamlMap? Build()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            diagnostics.Error(TextPosition.WholeFile, "the file is empty");
            return null;
        }

        var value = ReadValue(0);
        if (value is null)
            return null;
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
            diagnostics.Error(PositionOf(second), "a second document begins here",
                "remove the line '---' or use a file of its own");
        if (value is YamlMap map)
            return map;
        if (value.IsNull)
            diagnostics.Error(TextPosition.WholeFile, "the file is empty");
        else
            diagnostics.Error(value.Position, $"the file holds {value.Kind} where keys with values are expected");
        return null;
    }

    // Null stops the reading: a bound is reached. The bound on depth also bounds this recursion.
    private YamlValue? ReadValue(int depth)
    {
        var start = parser.Current as ParsingEvent;
        var position = LastPosition = PositionOf(start);
        if (depth > MaxDepth)
            return Stop(position, $"values are nested more than {MaxDepth} levels deep");
        if (++_values > MaxValues)
            return Stop(position, $"the file holds more than {MaxValues} values");
        if (start is NodeEvent { Tag.IsEmpty: false })
            diagnostics.Error(position, "tags are not read", "remove the word that begins with '!'");
        parser.MoveNext();
        return start switch
        {
            Scalar scalar => new YamlText(position, scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => ReadList(position, depth),
            MappingStart => ReadMap(position, depth),
            AnchorAlias alias => RefuseAlias(position, alias),
            _ => Stop(position, "a value is expected here"),
        };
    }

    private YamlList? ReadList(TextPosition position, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlValue>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (ReadValue(depth + 1) is not { } item)
                return null;
            items.Add(item);
        }

        return new YamlList(position, items.ToImmutable());
    }

    private YamlMap? ReadMap(TextPosition position, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadValue(depth + 1) is not { } key || ReadValue(depth + 1) is not { } value)
                return null;
            if (key is not YamlText name)
                diagnostics.Error(key.Position, $"{key.Kind} is where a key is expected",
                    "put quotes around text that begins with '[' or '{'");
            else if (lines.TryAdd(name.Text, name.Position.Line))
                entries.Add(new YamlEntry(name, value));
            else
                diagnostics.Error(name.Position,
                    $"key {Spelling.Quote(name.Text)} is written twice, first in line {lines[name.Text]}",
                    "keep one of them");
        }

        return new YamlMap(position, entries.ToImmutable());
    }

    private YamlText RefuseAlias(TextPosition position, AnchorAlias alias)
    {
        diagnostics.Error(position, $"the alias {Spelling.Quote("*" + alias.Value.Value)} is not followed",
            "write the value out, or in quotes if it is text");
        return new YamlText(position, alias.Value.Value, IsPlain: false);
    }

    private YamlValue? Stop(TextPosition position, string message)
    {
        diagnostics.Error(position, $"{message}; the rest of the file was not read");
        return null;
    }

    private static TextPosition PositionOf(ParsingEvent? parsed) =>
        parsed is null ? TextPosition.WholeFile : new TextPosition((int)parsed.Start.Line, (int)parsed.Start.Column);
}
