using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Where the entries of a file stand; notes the second entry of one identifier, whatever its kind: an
/// identifier alone names an entry.</summary>
internal sealed class EntryIndex(FileDiagnostics diagnostics)
{
    private readonly Dictionary<string, EntryPosition> _positions = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, EntryPosition> Positions => _positions;

    public IEnumerable<string> AllIds => _positions.Keys;

    public IEnumerable<string> Ids(EntryKind kind) =>
        _positions.Where(entry => entry.Value.Kind == kind).Select(entry => entry.Key);

    /// <summary>True for the first entry of this identifier; otherwise adds an error.</summary>
    public bool Add(EntryKind kind, string id, TextPosition position)
    {
        if (_positions.TryAdd(id, new EntryPosition(kind, position)))
            return true;
        var (firstKind, first) = _positions[id];
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
