namespace PortAudit.Traffic.Flows;

/// <summary>
/// Digests of packet contents, by FNV-1a (RFC 9923 §2) with the last step of MurmurHash3 behind it, so that all bits
/// are even. The same in every run, as capture points compare them; no secret and no proof of identity rests on them.
/// </summary>
internal static class ContentDigest
{
    /// <summary>Where a digest begins.</summary>
    public const ulong Basis = 0xCBF2_9CE4_8422_2325;

    private const ulong Prime = 0x0000_0100_0000_01B3;

    /// <summary>A digest that goes on with more bytes; it is not finished.</summary>
    public static ulong Continue(ulong digest, ReadOnlySpan<byte> bytes)
    {
        foreach (var octet in bytes)
            digest = (digest ^ octet) * Prime;
        return digest;
    }

    /// <summary>The finished digest; never 0, which stands for none.</summary>
    public static ulong Finish(ulong digest, uint kind)
    {
        digest = (digest ^ kind) * Prime;
        digest ^= digest >> 33;
        digest *= 0xFF51_AFD7_ED55_8CCD;
        digest ^= digest >> 33;
        digest *= 0xC4CE_B9FE_1A85_EC53;
        digest ^= digest >> 33;
        return digest == 0 ? 1 : digest;
    }

    /// <summary>The finished digest of some bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes, uint kind) => Finish(Continue(Basis, bytes), kind);

    /// <summary>The finished digest of a number.</summary>
    public static ulong Of(uint number, uint kind) => Finish(Basis ^ ((ulong)number << 16), kind);
}
