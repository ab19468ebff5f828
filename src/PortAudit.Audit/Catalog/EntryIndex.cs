using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Where the entries of a file stand; notes the second entry of one identifier, whatever its kind: an
/// identifier alone names an entry.</summary>
/// <param name="diagnostics">Where faults are noted.</param>
internal sealed class EntryIndex(FileDiagnostics diagnostics)
{
    private readonly Dictionary<string, EntryPlace> _places = new(StringComparer.Ordinal);

    /// <summary>Where the entries stand.</summary>
    public IReadOnlyDictionary<string, EntryPlace> Places => _places;

    /// <summary>The identifiers of every kind.</summary>
    public IEnumerable<string> AllIds => _places.Keys;

    /// <summary>The identifiers of one kind.</summary>
    public IEnumerable<string> Ids(EntryKind kind) =>
        _places.Where(entry => entry.Value.Kind == kind).Select(entry => entry.Key);

    /// <summary>True for the first entry of this identifier; notes an error otherwise.</summary>
    public bool Add(EntryKind kind, string id, TextPosition position)
    {
        if (_places.TryAdd(id, new EntryPlace(kind, position)))
            return true;
        var (firstKind, first) = _places[id];
        diagnostics.Error(
            position,
            firstKind == kind
                ? $"{kind.ToText()} {Spelling.Quote(id)} is defined twice, first in line {first.Line}"
                : $"{kind.ToText()} {Spelling.Quote(id)} has the identifier of the {firstKind.ToText()} in line "
                    + $"{first.Line}",
            "give one of them another identifier");
        return false;
    }
}
