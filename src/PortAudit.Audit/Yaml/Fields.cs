using System.Collections.Immutable;

namespace PortAudit.Audit.Yaml;

/// <summary>
/// The keys of one mapping, asked for one by one. What was asked for is what is known: <see cref="Close"/> notes every
/// other key.
/// </summary>
internal sealed class Fields
{
    private readonly YamlMap _map;
    private readonly string _what;
    private readonly FileDiagnostics _diagnostics;
    private readonly List<string> _known = [];

    private Fields(YamlMap map, string what, FileDiagnostics diagnostics)
    {
        _map = map;
        _what = what;
        _diagnostics = diagnostics;
    }

    public TextPosition Position => _map.Position;

    /// <summary>The keys of <paramref name="value"/>; null with a diagnostic if no mapping.</summary>
    /// <param name="value">The mapping.</param>
    /// <param name="what">What it is, with its article: <c>a rule</c>.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static Fields? Of(YamlValue value, string what, FileDiagnostics diagnostics)
    {
        if (value is YamlMap map)
            return new Fields(map, what, diagnostics);
        diagnostics.Error(value.Position,
            $"{what} is a mapping with keys, this is {(value.IsNull ? "empty" : value.Kind)}");
        return null;
    }

    /// <summary>The value of a key; null if none, which is no fault.</summary>
    public YamlValue? Optional(string key)
    {
        if (!_known.Contains(key))
            _known.Add(key);
        foreach (var entry in _map.Entries)
        {
            if (entry.Key.Text == key)
                return entry.Value.IsNull ? null : entry.Value;
        }

        return null;
    }

    /// <summary>The value of a key; null with a diagnostic if missing.</summary>
    public YamlValue? Required(string key, string? suggestion = null)
    {
        var value = Optional(key);
        if (value is null)
            Miss(key, suggestion);
        return value;
    }

    /// <summary>The text of a key; null with a diagnostic if missing or no text.</summary>
    public YamlText? RequiredText(string key) => Required(key) is { } value ? TextOf(key, value) : null;

    /// <summary>The text of a key; null with a diagnostic if missing or no text.</summary>
    public YamlText? OptionalText(string key) => Optional(key) is { } value ? TextOf(key, value) : null;

    /// <summary>The texts of a key that holds one or a list; empty with a diagnostic if missing.</summary>
    public ImmutableArray<YamlText> RequiredTexts(string key)
    {
        var value = Required(key);
        if (value is YamlList { Items.IsEmpty: true })
            _diagnostics.Error(value.Position, $"{Spelling.Quote(key)} of {_what} holds nothing", "name at least one");
        return value is null ? [] : TextsOf(key, value);
    }

    /// <summary>The texts of a key that holds one or a list; empty if none.</summary>
    public ImmutableArray<YamlText> OptionalTexts(string key) => Optional(key) is { } value ? TextsOf(key, value) : [];

    /// <summary>The items of a key that holds a list; empty if none.</summary>
    public ImmutableArray<YamlValue> Items(string key)
    {
        if (Optional(key) is not { } value)
            return [];
        if (value is YamlList list)
            return list.Items;
        Refuse(key, value, "a list");
        return [];
    }

    /// <summary>The entries of a key that holds a mapping of names; empty if none.</summary>
    public ImmutableArray<YamlEntry> Entries(string key)
    {
        if (Optional(key) is not { } value)
            return [];
        if (value is YamlMap map)
            return map.Entries;
        Refuse(key, value, "a mapping");
        return [];
    }

    public void Close()
    {
        foreach (var entry in _map.Entries.Where(entry => !_known.Contains(entry.Key.Text)))
        {
            var suggestion = Spelling.Nearest(entry.Key.Text, _known) is { } nearest
                ? $"did you mean {Spelling.Quote(nearest)}?"
                : $"keys of {_what}: {string.Join(", ", _known)}";
            _diagnostics.Error(entry.Key.Position, $"unknown key {Spelling.Quote(entry.Key.Text)} in {_what}",
                suggestion);
        }
    }

    /// <summary>Notes that a key is missing or has no value.</summary>
    public void Miss(string key, string? suggestion = null)
    {
        var entry = _map.Entries.FirstOrDefault(entry => entry.Key.Text == key);
        if (entry.Key is null)
            _diagnostics.Error(Position, $"{_what} lacks {Spelling.Quote(key)}", suggestion);
        else
            _diagnostics.Error(entry.Key.Position, $"{Spelling.Quote(key)} of {_what} is empty", suggestion);
    }

    private YamlText? TextOf(string key, YamlValue value)
    {
        if (value is not YamlText text)
        {
            Refuse(key, value, "text");
            return null;
        }

        if (!string.IsNullOrWhiteSpace(text.Text))
            return text;
        _diagnostics.Error(text.Position, $"{Spelling.Quote(key)} of {_what} is empty");
        return null;
    }

    private ImmutableArray<YamlText> TextsOf(string key, YamlValue value)
    {
        if (value is not YamlList list)
            return TextOf(key, value) is { } single ? [single] : [];
        var texts = ImmutableArray.CreateBuilder<YamlText>(list.Items.Length);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (TextOf(key, item) is not { } text)
                continue;
            if (seen.Add(text.Text))
                texts.Add(text);
            else
                _diagnostics.Error(text.Position,
                    $"{Spelling.Quote(text.Text)} is listed twice in {Spelling.Quote(key)} of {_what}",
                    "keep one of them");
        }

        return texts.ToImmutable();
    }

    private void Refuse(string key, YamlValue value, string expected) =>
        _diagnostics.Error(value.Position, $"{Spelling.Quote(key)} of {_what} is {expected}, this is {value.Kind}");
}
