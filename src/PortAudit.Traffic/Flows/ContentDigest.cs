using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// Digests of packet contents: <see cref="FnvHash"/> and the last step of MurmurHash3, which spreads each bit over all
/// others. The same in every run, as capture points compare them.
/// </summary>
internal static class ContentDigest
{
    /// <summary>Where a digest begins.</summary>
    public const ulong Basis = FnvHash.Basis;

    /// <summary>A digest that goes on with more bytes; it is not finished.</summary>
    public static ulong Continue(ulong digest, ReadOnlySpan<byte> bytes)
    {
        foreach (var octet in bytes)
            digest = FnvHash.With(digest, octet);
        return digest;
    }

    /// <summary>The finished digest; never 0, which stands for none.</summary>
    public static ulong Finish(ulong digest, uint kind)
    {
        digest = FnvHash.With(digest, kind);
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
