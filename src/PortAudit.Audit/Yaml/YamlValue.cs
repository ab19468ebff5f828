using System.Collections.Immutable;

namespace PortAudit.Audit.Yaml;

/// <summary>A value in a YAML file and where it stands: one of <see cref="YamlText"/>, <see cref="YamlList"/>,
/// <see cref="YamlMap"/>.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Kind">What it is, for a message.</param>
internal abstract record YamlValue(TextPosition Position, string Kind)
{
    /// <summary>True for a value that was left empty or written <c>null</c> or <c>~</c> (YAML 1.2.2
    /// §10.2.1.1).</summary>
    public virtual bool IsNull => false;
}

/// <summary>A scalar (YAML 1.2.2 §3.2.1): its text, whatever it may mean.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Text">The text without quotes.</param>
/// <param name="IsPlain">True when it stands without quotes.</param>
internal sealed record YamlText(TextPosition Position, string Text, bool IsPlain) : YamlValue(Position, "text")
{
    public override bool IsNull => IsPlain && Text is "" or "~" or "null";
}

/// <summary>A sequence.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Items">Its items in the order of the file.</param>
internal sealed record YamlList(TextPosition Position, ImmutableArray<YamlValue> Items) : YamlValue(Position, "a list");

/// <summary>A mapping without duplicate keys.</summary>
/// <param name="Position">Where it begins.</param>
/// <param name="Entries">Its entries in the order of the file.</param>
internal sealed record YamlMap(TextPosition Position,
    ImmutableArray<YamlEntry> Entries) : YamlValue(Position, "a mapping");

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
internal readonly record struct YamlEntry(YamlText Key, YamlValue Value);
