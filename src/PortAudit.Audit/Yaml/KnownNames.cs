using System.Collections.Immutable;

namespace PortAudit.Audit.Yaml;

/// <summary>The names allowed at one position of a file.</summary>
internal sealed class KnownNames
{
    private readonly string _kind;
    private readonly ImmutableSortedSet<string> _names;
    private readonly bool _isComplete;
    private readonly string? _remedy;

    private KnownNames(string kind, IEnumerable<string> names, bool isComplete, string? remedy = null)
    {
        _remedy = remedy;
        _kind = kind;
        _names = names.ToImmutableSortedSet(StringComparer.Ordinal);
        _isComplete = isComplete;
    }

    /// <summary>These names and no other.</summary>
    /// <param name="kind">What they name, for a message: <c>role</c>.</param>
    /// <param name="names">The names.</param>
    /// <param name="remedy">What to suggest where no name is near; null for nothing.</param>
    public static KnownNames Of(string kind, IEnumerable<string> names, string? remedy = null) =>
        new(kind, names, isComplete: true, remedy);

    /// <summary>Every name: what would define them could not be read, so nothing can be said against one.</summary>
    public static KnownNames Undecided(string kind) => new(kind, [], isComplete: false);

    public KnownNames With(string kind, IEnumerable<string> others) =>
        new(kind, _names.Union(others), _isComplete, _remedy);

    /// <summary>True when the name is one of those that were given.</summary>
    public bool Defines(string name) => _names.Contains(name);

    /// <summary>True when the name may stand; otherwise adds an error.</summary>
    public bool Check(YamlText name, FileDiagnostics diagnostics)
    {
        if (!_isComplete || _names.Contains(name.Text))
            return true;
        diagnostics.Error(name.Position, $"unknown {_kind} {Spelling.Quote(name.Text)}",
            diagnostics.IsFull ? null : Spelling.Suggest(name.Text, _names) ?? _remedy);
        return false;
    }
}
