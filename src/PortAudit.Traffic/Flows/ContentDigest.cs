using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>Digests of packet contents: <see cref="FnvHash"/>, finished by MurmurHash3's last step, which spreads each
/// bit over all others. Stable between runs, because capture points compare them.</summary>
internal static class ContentDigest
{
    /// <summary>Initial digest.</summary>
    public const ulong Basis = FnvHash.Basis;

    /// <summary>Extends an unfinished digest.</summary>
    public static ulong Continue(ulong digest, ReadOnlySpan<byte> bytes)
    {
        foreach (var octet in bytes)
            digest = FnvHash.With(digest, octet);
        return digest;
    }

    /// <summary>The finished digest; never 0, which means none.</summary>
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

    public static ulong Of(ReadOnlySpan<byte> bytes, uint kind) => Finish(Continue(Basis, bytes), kind);

    public static ulong Of(uint number, uint kind) => Finish(Basis ^ ((ulong)number << 16), kind);
}
