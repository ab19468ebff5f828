namespace PortAudit.Traffic.Flows;

/// <summary>Sorts numbers by their digits, least significant first (Knuth, TAOCP 3 §5.2.5, algorithm R): hundreds of
/// thousands of times in a third of the time that comparing them takes. Equal ones stay in their order.</summary>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Digits = 1 << DigitBits;

    /// <summary>Sorts keys in ascending order, and items with them.</summary>
    /// <param name="keys">The keys; afterwards they mean nothing.</param>
    /// <param name="items">What belongs to each key.</param>
    /// <returns>The items in the order of their keys.</returns>
    public static int[] Sort(long[] keys, int[] items)
    {
        if (keys.Length == 0)
            return items;
        var (least, greatest) = (keys.Min(), keys.Max());
        var range = (ulong)(greatest - least);
        var (otherKeys, otherItems) = (new long[keys.Length], new int[keys.Length]);
        var counts = new int[Digits];
        for (var shift = 0; shift < sizeof(ulong) * 8 && range >> shift != 0; shift += DigitBits)
        {
            Array.Clear(counts);
            foreach (var key in keys)
                counts[DigitOf(key, least, shift)]++;
            var before = 0;
            for (var digit = 0; digit < Digits; digit++)
                (counts[digit], before) = (before, before + counts[digit]);
            for (var index = 0; index < keys.Length; index++)
            {
                var place = counts[DigitOf(keys[index], least, shift)]++;
                (otherKeys[place], otherItems[place]) = (keys[index], items[index]);
            }

            (keys, otherKeys, items, otherItems) = (otherKeys, keys, otherItems, items);
        }

        return items;
    }

    private static int DigitOf(long key, long least, int shift) => (int)((ulong)(key - least) >> shift) & (Digits - 1);
}
