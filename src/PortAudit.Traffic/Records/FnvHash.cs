namespace PortAudit.Traffic.Records;

/// <summary>FNV-1a of 64 bits (RFC 9923 §2), step by step. No secret and no proof of identity rests on it.</summary>
internal static class FnvHash
{
    /// <summary>The hash of no bytes.</summary>
    public const ulong Basis = 0xCBF2_9CE4_8422_2325;

    private const ulong Prime = 0x0000_0100_0000_01B3;

    /// <summary>The hash with one more octet.</summary>
    public static ulong With(ulong hash, uint octet) => (hash ^ octet) * Prime;
}
