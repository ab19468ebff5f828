namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Numbers for the names by which control protocols tell their sessions apart, so that no text has to be
/// kept.</summary>
internal static class SessionKey
{
    private const ulong Basis = 0xCBF2_9CE4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01B3;

    /// <summary>A number of 64 bits for a name (FNV-1a, RFC 9923), small and capital letters alike. Two names of one
    /// number would share a session: its ports end with the first of them.</summary>
    public static ulong Of(ReadOnlySpan<byte> name) => With(Basis, name);

    /// <summary>A number for a name within another.</summary>
    public static ulong With(ulong key, ReadOnlySpan<byte> name)
    {
        foreach (var character in name)
            key = (key ^ (byte)char.ToLowerInvariant((char)character)) * Prime;
        return key;
    }
}
