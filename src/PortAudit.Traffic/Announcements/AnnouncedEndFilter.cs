namespace PortAudit.Traffic.Announcements;

/// <summary>
/// Says of nearly all ends that were never announced that they were not, from a table that stays in a core's cache: most flows that end need not be looked up. (A Bloom filter with one hash.)
/// </summary>
internal sealed class AnnouncedEndFilter
{
    /// <summary>Of 2^17 bits, 16 KiB: while ten thousand ends are announced, one of thirteen others is looked up in vain.</summary>
    private const int BitCountBits = 17;

    private const int WordBits = 64;

    // Odd, and their bits without pattern: primes of xxHash64.
    private const ulong First = 0x9E37_79B1_85EB_CA87;
    private const ulong Second = 0xC2B2_AE3D_27D4_EB4F;

    private readonly ulong[] _words = new ulong[(1 << BitCountBits) / WordBits];

    /// <summary>Notes an end.</summary>
    public void Add(in AnnouncedEnd end)
    {
        var bit = BitOf(end);
        _words[bit / WordBits] |= 1UL << (int)(bit % WordBits);
    }

    /// <summary>False when the end was not noted.</summary>
    public bool MayHold(in AnnouncedEnd end)
    {
        var bit = BitOf(end);
        return (_words[bit / WordBits] & (1UL << (int)(bit % WordBits))) != 0;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_words);

    private static uint BitOf(in AnnouncedEnd end)
    {
        var address = end.Server.Address;
        var word = ((address.High * First) ^ address.Low) + (((ulong)end.Server.Port << 8) | end.Transport.Value) * Second;
        return (uint)((word * First) >> (WordBits - BitCountBits));
    }
}
