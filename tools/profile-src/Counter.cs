using System.Collections.Immutable;

namespace PortAudit.Profile;

/// <summary>One counter of a method: of an edge between two blocks, or of a call and the types that it was made
/// on.</summary>
/// <param name="Place">What it counts.</param>
/// <param name="Count">How often that was.</param>
/// <param name="Types">Of a call: a sample of the types, assembly-qualified; null for one that was not noted. Empty for
/// an edge.</param>
internal sealed record Counter(CounterPlace Place, long Count, ImmutableArray<string?> Types)
{
    /// <summary>Both added up; the sample is that of the one with the higher count.</summary>
    public Counter Plus(Counter other) =>
        this with { Count = Count + other.Count, Types = Count >= other.Count ? Types : other.Types };
}
