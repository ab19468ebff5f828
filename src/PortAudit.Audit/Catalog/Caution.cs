using System.Collections.Immutable;

namespace PortAudit.Audit.Catalog;

/// <summary>A topology that the documents forbid.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Between">The two roles that it concerns; their order means nothing.</param>
/// <param name="Means">What must not be.</param>
/// <param name="Unless">Condition that lifts it; null when nothing does.</param>
/// <param name="Text">The caution in our words.</param>
/// <param name="Source">Where the documents speak of it.</param>
/// <param name="Note">Note on how the document was read, or null.</param>
public sealed record Caution(
    string Id, ImmutableArray<string> Between, CautionMeaning Means, string? Unless, string Text,
    SourceReference Source, string? Note = null);

/// <summary>What a <see cref="Caution"/> forbids.</summary>
public enum CautionMeaning
{
    /// <summary>No firewall may stand between the two roles.</summary>
    NoFirewall,
}
