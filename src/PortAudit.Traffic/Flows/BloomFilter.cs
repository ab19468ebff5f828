using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Flows;

/// <summary>Says of nearly all keys that were not added that they were not, from a few bits for each. A Bloom filter of
/// two bits a key, both in one word, so that a key costs one line of a core's cache.</summary>
/// <param name="wordCountBits">Binary logarithm of the number of its words of 64 bits, 1 to 24.</param>
internal sealed class BloomFilter(int wordCountBits)
{
    /// <summary>Bits of a hash that tell the words of the largest filter apart.</summary>
    private const int MaximumWordCountBits = 24;

    /// <summary>Where in a hash, below what tells its word, the numbers of its two bits stand, six bits each.</summary>
    private const int BitNumber = 64 - MaximumWordCountBits - 6;
    private const int OtherBitNumber = BitNumber - 6;

    private readonly ulong[] _words = new ulong[1 << wordCountBits];
    private readonly int _shift = 64 - wordCountBits;

    /// <summary>Adds a key.</summary>
    /// <param name="hash">A hash of it whose upper bits depend on all of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong hash) =>
        _words[PlaceOf(hash)] |= (1UL << (int)(hash >> BitNumber)) | (1UL << (int)(hash >> OtherBitNumber));

    /// <summary>False when no key with this hash was added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHold(ulong hash)
    {
        var word = _words[PlaceOf(hash)];
        return ((word >> (int)(hash >> BitNumber)) & (word >> (int)(hash >> OtherBitNumber)) & 1) != 0;
    }

    /// <summary>Forgets all keys.</summary>
    public void Clear() => Array.Clear(_words);

    private int PlaceOf(ulong hash) => (int)(hash >> _shift);
}
