using System.Collections.Immutable;

namespace PortAudit.Audit.Catalog;

/// <summary>A step that the documents recommend or prescribe for what another entry says.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="About">Identifiers of the entries, of any kind, that it helps with; at least one.</param>
/// <param name="Text">The step in our words.</param>
/// <param name="References">Articles that describe the step, as printed: <c>KB 300083</c>.</param>
/// <param name="Source">Where the documents speak of it.</param>
/// <param name="Note">Note on how the document was read, or null.</param>
public sealed record Advice(
    string Id, ImmutableArray<string> About, string Text, ImmutableArray<string> References, SourceReference Source,
    string? Note = null);
