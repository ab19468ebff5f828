using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>A Bloom filter with two bits a key, both in one word, so that a lookup touches one cache line.</summary>
/// <param name="wordCountBits">Binary logarithm of the number of 64-bit words, 1 to 24.</param>
internal sealed class BloomFilter(int wordCountBits)
{
    /// <summary>Bits of a hash that select a word in the largest filter.</summary>
    private const int MaximumWordCountBits = 24;

    /// <summary>Shift of the two six-bit bit numbers, which lie below the word's bits in a hash.</summary>
    private const int BitNumber = 64 - MaximumWordCountBits - 6;
    private const int OtherBitNumber = BitNumber - 6;

    private readonly ulong[] _words = new ulong[1 << wordCountBits];
    private readonly int _shift = 64 - wordCountBits;

    /// <summary>Adds a key by its hash, whose upper bits must depend on all of the key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong hash) =>
        _words[IndexOf(hash)] |= (1UL << (int)(hash >> BitNumber)) | (1UL << (int)(hash >> OtherBitNumber));

    /// <summary>False when no key with this hash was added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHold(ulong hash)
    {
        var word = _words[IndexOf(hash)];
        return ((word >> (int)(hash >> BitNumber)) & (word >> (int)(hash >> OtherBitNumber)) & 1) != 0;
    }

    public void Clear() => Array.Clear(_words);

    private int IndexOf(ulong hash) => (int)(hash >> _shift);
}
