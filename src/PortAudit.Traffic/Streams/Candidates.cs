using System.Numerics;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Streams;

/// <summary>A set of indexes in a <see cref="RecogniserSet"/>. Two words, because <see cref="UInt128"/> code is not
/// precompiled.</summary>
/// <param name="Low">Indexes 0 to 63, one bit each.</param>
/// <param name="High">Indexes 64 to 127.</param>
internal readonly record struct Candidates(ulong Low, ulong High)
{
    public const int Maximum = 128;

    /// <summary>No index.</summary>
    public const int None = -1;

    private const int BitsOfWord = 64;

    public bool IsEmpty => (Low | High) == 0;

    /// <summary>The lowest index; <see cref="None"/> when empty.</summary>
    public int First => Low != 0
        ? BitOperations.TrailingZeroCount(Low)
        : High != 0 ? BitsOfWord + BitOperations.TrailingZeroCount(High) : None;

    /// <summary>The first <paramref name="count"/> indexes.</summary>
    public static Candidates All(int count)
    {
        var all = default(Candidates);
        for (var index = 0; index < count; index++)
            all = new Candidates(all.Low | Only(index).Low, all.High | Only(index).High);
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Candidates Only(int index) =>
        index < BitsOfWord ? new Candidates(BitOf(index), 0) : new Candidates(0, BitOf(index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(int index) => ((index < BitsOfWord ? Low : High) & BitOf(index)) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Candidates Without(int index) =>
        index < BitsOfWord ? new(Low & ~BitOf(index), High) : new(Low, High & ~BitOf(index));

    /// <summary>The set without the indexes of another.</summary>
    public Candidates Without(Candidates others) => new(Low & ~others.Low, High & ~others.High);

    /// <summary>The union of both sets.</summary>
    public Candidates With(Candidates others) => new(Low | others.Low, High | others.High);

    /// <summary>The intersection of both sets.</summary>
    public Candidates Of(Candidates others) => new(Low & others.Low, High & others.High);

    /// <summary>The bit of an index in its word: a shift counts modulo 64.</summary>
    private static ulong BitOf(int index) => 1UL << index;
}
