using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Announcements;

/// <summary>
/// Says of nearly all ends that were never announced that they were not, from a table that stays in a core's cache: most flows that end need not be looked up. (A Bloom filter of two bits, both in one word.)
/// </summary>
internal sealed class AnnouncedEndFilter
{
    /// <summary>Of 2^11 words, 16 KiB: while ten thousand ends are announced, one of forty others is looked up in vain.</summary>
    private const int WordCountBits = 11;

    private const int WordBits = 64;

    /// <summary>Bits that tell one of a word from the others.</summary>
    private const int BitNumberBits = 6;

    // Odd, and their bits without pattern: primes of xxHash64.
    private const ulong First = 0x9E37_79B1_85EB_CA87;
    private const ulong Second = 0xC2B2_AE3D_27D4_EB4F;

    private readonly ulong[] _words = new ulong[1 << WordCountBits];

    /// <summary>Notes an end.</summary>
    public void Add(in AnnouncedEnd end)
    {
        var hash = HashOf(end.Server.Address, end.Server.Port, end.Transport);
        _words[PlaceOf(hash)] |= BitsOf(hash);
    }

    /// <summary>False when the end was not noted.</summary>
    public bool MayHold(in IpAddress address, ushort port, IpProtocol transport)
    {
        var hash = HashOf(address, port, transport);
        return (_words[PlaceOf(hash)] & BitsOf(hash)) == BitsOf(hash);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_words);

    private static ulong HashOf(in IpAddress address, ushort port, IpProtocol transport)
    {
        var word = ((address.High * First) ^ address.Low) + (((ulong)port << 8) | transport.Value) * Second;
        return word * First;
    }

    /// <summary>The upper bits of a product depend on all of its factors.</summary>
    private static int PlaceOf(ulong hash) => (int)(hash >> (WordBits - WordCountBits));

    /// <summary>Two bits of the word, by what of the hash is below its place, and what is below that.</summary>
    private static ulong BitsOf(ulong hash) => (1UL << (int)(hash >> (WordBits - WordCountBits - BitNumberBits))) | (1UL << (int)(hash >> (WordBits - WordCountBits - (2 * BitNumberBits))));
}
