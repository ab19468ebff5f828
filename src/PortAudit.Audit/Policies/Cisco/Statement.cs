using System.Collections.Immutable;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>A line of a configuration, cut into words, with the indented lines below it.</summary>
/// <param name="Line">Where it stands; the first line is 1.</param>
/// <param name="Words">Its words; empty ones and what follows a <c>!</c> are left out.</param>
/// <param name="IsCut">True when the line is longer than is read.</param>
internal sealed record Statement(int Line, ImmutableArray<string> Words, bool IsCut)
{
    /// <summary>The indented lines below it, in their order.</summary>
    public List<Statement> Children { get; } = [];

    /// <summary>The first word in lower case.</summary>
    public string Keyword { get; } = Words.Length > 0 ? Words[0].ToLowerInvariant() : "";

    /// <summary>A word; empty beyond the last.</summary>
    public string Word(int index) => index < Words.Length ? Words[index] : "";

    /// <summary>True when a word is this keyword, in any case.</summary>
    public bool Has(int index, string keyword) =>
        string.Equals(Word(index), keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>The words from one on, parted by a space.</summary>
    public string Rest(int index) => index < Words.Length ? string.Join(' ', Words.Skip(index)) : "";
}
