using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Numbers for the names by which control protocols tell their sessions apart, so that no text has to be
/// kept.</summary>
internal static class SessionKey
{
    /// <summary>A number of 64 bits for a name (<see cref="FnvHash"/>), small and capital letters alike. Two names of
    /// one number would share a session: its ports end with the first of them.</summary>
    public static ulong Of(ReadOnlySpan<byte> name) => With(FnvHash.Basis, name);

    /// <summary>A number for a name within another.</summary>
    public static ulong With(ulong key, ReadOnlySpan<byte> name)
    {
        foreach (var character in name)
            key = FnvHash.With(key, (byte)char.ToLowerInvariant((char)character));
        return key;
    }
}
