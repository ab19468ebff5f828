using System.Numerics;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Streams;

/// <summary>A set of places in a <see cref="RecogniserSet"/>. Two words, as the runtime compiles code with
/// <see cref="UInt128"/> only when it runs.</summary>
/// <param name="Low">Places 0 to 63, one bit each.</param>
/// <param name="High">Places 64 to 127.</param>
internal readonly record struct Candidates(ulong Low, ulong High)
{
    /// <summary>Places that there can be.</summary>
    public const int MaximumPlaces = 128;

    /// <summary>No place.</summary>
    public const int None = -1;

    private const int PlacesOfWord = 64;

    /// <summary>True when nobody is left.</summary>
    public bool IsEmpty => (Low | High) == 0;

    /// <summary>The lowest place, <see cref="None"/> of an empty set.</summary>
    public int First => Low != 0
        ? BitOperations.TrailingZeroCount(Low)
        : High != 0 ? PlacesOfWord + BitOperations.TrailingZeroCount(High) : None;

    /// <summary>The first <paramref name="count"/> places.</summary>
    public static Candidates All(int count)
    {
        var all = default(Candidates);
        for (var place = 0; place < count; place++)
            all = new Candidates(all.Low | Only(place).Low, all.High | Only(place).High);
        return all;
    }

    /// <summary>The set of one place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Candidates Only(int place) =>
        place < PlacesOfWord ? new Candidates(BitOf(place), 0) : new Candidates(0, BitOf(place));

    /// <summary>True when a place is in the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(int place) => ((place < PlacesOfWord ? Low : High) & BitOf(place)) != 0;

    /// <summary>The set without a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Candidates Without(int place) =>
        place < PlacesOfWord ? new(Low & ~BitOf(place), High) : new(Low, High & ~BitOf(place));

    /// <summary>The set without those of another one.</summary>
    public Candidates Without(Candidates others) => new(Low & ~others.Low, High & ~others.High);

    /// <summary>The places of both sets.</summary>
    public Candidates With(Candidates others) => new(Low | others.Low, High | others.High);

    /// <summary>The places that both sets have.</summary>
    public Candidates Of(Candidates others) => new(Low & others.Low, High & others.High);

    /// <summary>The bit of a place in its word: a shift counts modulo 64.</summary>
    private static ulong BitOf(int place) => 1UL << place;
}
