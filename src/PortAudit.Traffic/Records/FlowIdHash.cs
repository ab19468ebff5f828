namespace PortAudit.Traffic.Records;

/// <summary>
/// The number behind <see cref="FlowRecord.FlowId"/>: 64 bits mixed from a flow's key, its start and the name of its
/// capture point, and from nothing else, so that it is the same in every run over the same packets. It names flows and
/// orders those of one start; no secret and no proof rests on it.
/// </summary>
/// <remarks>
/// Each word is folded in by a full 64 by 64 bit multiplication whose halves are combined, the step of wyhash and of
/// the folded multiplication hashes. Among ten million flows two share a number with a probability of 3 in a million.
/// </remarks>
internal static class FlowIdHash
{
    // Numbers without a pattern: fractional bits of the golden ratio and of the square roots of 2 and 3, made odd.
    private const ulong First = 0x9E37_79B9_7F4A_7C15;
    private const ulong Second = 0x6A09_E667_F3BC_C909;
    private const ulong Third = 0xBB67_AE85_84CA_A73B;

    /// <summary>The number of a flow.</summary>
    /// <param name="key">Its key; the index of the capture point in it does not count, for it depends on the order of
    /// the files.</param>
    /// <param name="startNs">Time of its first packet, in nanoseconds since the Unix epoch.</param>
    /// <param name="point">Name of its capture point.</param>
    /// <param name="tunnel">Digest of its tunnel, whose index in the key does not count either.</param>
    /// <param name="incarnations">Flows before it that had its key and its start: clocks are coarse, and an attempt may
    /// be refused and tried again within one tick.</param>
    public static ulong Of(in FlowKey key, long startNs, string point, ulong tunnel, int incarnations = 0)
    {
        var hash = Fold(First ^ key.Low.High, Second ^ key.Low.Low);
        hash = Fold(hash ^ key.High.High, Third ^ key.High.Low);
        var ports =
            ((ulong)key.LowPort << 48) | ((ulong)key.HighPort << 32) | ((ulong)key.Vlan.Outer << 16) | key.Vlan.Inner;
        hash = Fold(hash ^ ports, First ^ key.Transport.Value);
        hash = Fold(hash ^ (ulong)startNs, Second ^ (ulong)point.Length);
        hash = Fold(hash ^ tunnel, First);
        foreach (var letter in point)
            hash = Fold(hash ^ letter, Third);
        if (incarnations > 0)
            hash = Fold(hash ^ (uint)incarnations, Second);
        return Fold(hash, First);
    }

    private static ulong Fold(ulong one, ulong other)
    {
        // Math.BigMul, which takes half as many instructions again in code for all x64 processors.
        var (oneHigh, oneLow, otherHigh, otherLow) =
            (one >> 32, one & uint.MaxValue, other >> 32, other & uint.MaxValue);
        var middle = (oneHigh * otherLow) + ((oneLow * otherLow) >> 32);
        var carried = (oneLow * otherHigh) + (middle & uint.MaxValue);
        var high = (oneHigh * otherHigh) + (middle >> 32) + (carried >> 32);
        // Without its operands a product forgets the other where one is zero.
        return (one ^ (one * other)) ^ (other ^ high);
    }
}
