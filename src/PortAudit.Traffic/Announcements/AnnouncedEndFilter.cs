namespace PortAudit.Traffic.Announcements;

/// <summary>
/// Says of nearly all ends that were never announced that they were not, from a table that stays in a core's cache: most flows that end need not be looked up. (A Bloom filter with one hash.)
/// </summary>
internal sealed class AnnouncedEndFilter
{
    /// <summary>Bits, 128 KiB: with as many ends as an <see cref="AnnouncementBook"/> keeps, one of eight others is looked up in vain; with a tenth of them one of eighty.</summary>
    private const int BitCount = 1 << 20;

    private const int WordBits = 64;

    private readonly ulong[] _words = new ulong[BitCount / WordBits];

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

    private static uint BitOf(in AnnouncedEnd end) => (uint)end.GetHashCode() % BitCount;
}
