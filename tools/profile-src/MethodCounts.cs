using System.Collections.Immutable;

namespace PortAudit.Profile;

/// <summary>What was counted in one method while it ran.</summary>
/// <param name="Name">Full name of its type, nested ones behind "+", and its own behind ".".</param>
/// <param name="Signature">Its signature, in the runtime's words.</param>
/// <param name="IlLength">Length of its intermediate code, in bytes.</param>
/// <param name="Counts">The counters, in the order in which the runtime told them.</param>
internal sealed record MethodCounts(string Name, string Signature, int IlLength, ImmutableArray<Counter> Counts)
{
    /// <summary>The highest of the counts; 0 where nothing was counted.</summary>
    public long Highest => Counts.Select(counter => counter.Count).DefaultIfEmpty().Max();

    /// <summary>These and <paramref name="other"/>'s of the same code, added up.</summary>
    /// <exception cref="InvalidDataException">The counters are not those of the same code.</exception>
    public MethodCounts Plus(MethodCounts other)
    {
        if (!Counts.Select(counter => counter.Place).SequenceEqual(other.Counts.Select(counter => counter.Place)))
            throw new InvalidDataException($"{Name}: the runs counted different code");
        return this with { Counts = [.. Counts.Zip(other.Counts, (one, another) => one.Plus(another))] };
    }
}
