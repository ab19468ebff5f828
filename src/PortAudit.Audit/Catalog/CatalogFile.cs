using System.Collections.Immutable;

namespace PortAudit.Audit.Catalog;

/// <summary>One catalog: what the documents say of one product.</summary>
public sealed record CatalogFile
{
    /// <summary>Identifier that sites name.</summary>
    public required string Id { get; init; }

    /// <summary>The product.</summary>
    public required string Title { get; init; }

    /// <summary>Path of the file it was read from, as shown in diagnostics.</summary>
    public required string File { get; init; }

    /// <summary>SHA-256 of the file's bytes, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Roles in the order of the file.</summary>
    public required ImmutableArray<Role> Roles { get; init; }

    /// <summary>Rules in the order of the file.</summary>
    public required ImmutableArray<Rule> Rules { get; init; }

    /// <summary>Conditions in the order of the file.</summary>
    public required ImmutableArray<Condition> Conditions { get; init; }

    /// <summary>Parameters in the order of the file.</summary>
    public required ImmutableArray<Parameter> Parameters { get; init; }

    /// <summary>Cautions in the order of the file.</summary>
    public ImmutableArray<Caution> Cautions { get; init; } = [];

    /// <summary>Pieces of advice in the order of the file.</summary>
    public ImmutableArray<Advice> Advice { get; init; } = [];

    /// <summary>Dependencies in the order of the file.</summary>
    public ImmutableArray<Dependency> Dependencies { get; init; } = [];

    /// <summary>Signs that identify its roles, in the order of the file.</summary>
    public ImmutableArray<Sign> Signs { get; init; } = [];
}
