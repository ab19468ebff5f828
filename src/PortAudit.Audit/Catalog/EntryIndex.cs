using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Where the entries of a file stand; notes the second entry of one identifier.</summary>
/// <param name="diagnostics">Where faults are noted.</param>
internal sealed class EntryIndex(FileDiagnostics diagnostics)
{
    private readonly Dictionary<(EntryKind Kind, string Id), TextPosition> _positions = [];

    /// <summary>Where the entries stand.</summary>
    public IReadOnlyDictionary<(EntryKind Kind, string Id), TextPosition> Positions => _positions;

    /// <summary>The identifiers of one kind.</summary>
    public IEnumerable<string> Ids(EntryKind kind) => _positions.Keys.Where(key => key.Kind == kind).Select(key => key.Id);

    /// <summary>True for the first entry of this kind and identifier; notes an error otherwise.</summary>
    public bool Add(EntryKind kind, string id, TextPosition position)
    {
        if (_positions.TryAdd((kind, id), position))
            return true;
        diagnostics.Error(
            position,
            $"{kind.ToString().ToLowerInvariant()} {Spelling.Quote(id)} is defined twice, first in line {_positions[(kind, id)].Line}",
            "give one of them another identifier");
        return false;
    }
}
