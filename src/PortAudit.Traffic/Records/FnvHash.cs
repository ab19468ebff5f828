namespace PortAudit.Traffic.Records;

/// <summary>Incremental 64-bit FNV-1a (RFC 9923 §2). Not cryptographic.</summary>
internal static class FnvHash
{
    /// <summary>The hash of no bytes.</summary>
    public const ulong Basis = 0xCBF2_9CE4_8422_2325;

    private const ulong Prime = 0x0000_0100_0000_01B3;

    /// <summary>The hash with one more octet.</summary>
    public static ulong With(ulong hash, uint octet) => (hash ^ octet) * Prime;
}
