using System.Collections.Immutable;

namespace PortAudit.Audit.Needs;

/// <summary>A role that only one of two catalogs defines under this identifier, and what answers to it in the
/// other.</summary>
/// <param name="Role">Its identifier.</param>
/// <param name="IsOfFirst">True for a role of the first catalog.</param>
/// <param name="Basis">Why the others answer to it.</param>
/// <param name="Others">Roles of the other catalog, in ordinal order; empty if none.</param>
public sealed record RoleCounterpart(string Role, bool IsOfFirst, CounterpartBasis Basis,
    ImmutableArray<string> Others);

/// <summary>Why roles of two catalogs answer to each other. The order is that of preference.</summary>
public enum CounterpartBasis
{
    /// <summary>The user says so.</summary>
    Given,

    /// <summary>One is a kind of the other.</summary>
    Kind,

    /// <summary>Titles or names of the documents are the same.</summary>
    Name,

    /// <summary>Nothing answers to it.</summary>
    None,
}

/// <summary>The names of <see cref="CounterpartBasis"/> in output.</summary>
public static class CounterpartBasisText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this CounterpartBasis basis) => basis switch
    {
        CounterpartBasis.Given => "given",
        CounterpartBasis.Kind => "kind",
        CounterpartBasis.Name => "name",
        CounterpartBasis.None => "none",
    };
}
