using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>Says of nearly all keys that were not added that they were not, from a few bits for each. A Bloom filter of two bits a key, both in one word, so that a key costs one line of a core's cache.</summary>
/// <param name="wordCountBits">Binary logarithm of the number of its words of 64 bits, at least 1.</param>
internal sealed class BloomFilter(int wordCountBits)
{
    private const int WordBits = 64;

    /// <summary>Bits that tell one of a word from the others.</summary>
    private const int BitNumberBits = 6;

    private readonly ulong[] _words = new ulong[1 << wordCountBits];

    /// <summary>Adds a key.</summary>
    /// <param name="hash">A hash of it whose upper bits depend on all of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong hash) => _words[PlaceOf(hash)] |= BitsOf(hash);

    /// <summary>False when no key with this hash was added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHold(ulong hash) => (_words[PlaceOf(hash)] & BitsOf(hash)) == BitsOf(hash);

    /// <summary>Forgets all keys.</summary>
    public void Clear() => Array.Clear(_words);

    private int PlaceOf(ulong hash) => (int)(hash >> (WordBits - wordCountBits));

    /// <summary>Two bits of the word, by what of the hash is below its place, and what is below that.</summary>
    private ulong BitsOf(ulong hash) => (1UL << (int)(hash >> (WordBits - wordCountBits - BitNumberBits))) | (1UL << (int)(hash >> (WordBits - wordCountBits - (2 * BitNumberBits))));
}
