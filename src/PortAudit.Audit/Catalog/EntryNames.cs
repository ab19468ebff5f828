using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>The identifiers of the entries of catalogs.</summary>
public static class EntryNames
{
    /// <summary>What to say of an identifier that no entry has: with the nearest that one has, where one is
    /// near.</summary>
    public static string Unknown(string id, IEnumerable<string> known) =>
        Spelling.Suggest(id, known.ToImmutableArray()) is { } suggestion
            ? $"no entry is named {Spelling.Quote(id)}; {suggestion}"
            : $"no entry is named {Spelling.Quote(id)}";
}
