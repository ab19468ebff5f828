namespace PortAudit.Audit.Catalog;

/// <summary>One service needs another.</summary>
/// <param name="Id">Identifier.</param>
/// <param name="Of">Role or service that depends.</param>
/// <param name="On">Role or service that it depends on.</param>
/// <param name="Strength">How much it does.</param>
/// <param name="Source">Where the documents speak of it.</param>
/// <param name="Note">Note on how the document was read, or null.</param>
public sealed record Dependency(string Id, string Of, string On, DependencyStrength Strength, SourceReference Source,
    string? Note = null);

/// <summary>How much a <see cref="Dependency"/> binds.</summary>
public enum DependencyStrength
{
    /// <summary>The one does not work without the other.</summary>
    Required,

    /// <summary>Required where something else is the case, which the note says.</summary>
    Conditional,

    /// <summary>The one makes use of the other where it is there.</summary>
    Optional,
}
