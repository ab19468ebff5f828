using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Hashes of session names in control protocols, so that no text need be stored.</summary>
internal static class SessionKey
{
    /// <summary>A 64-bit hash of a name (<see cref="FnvHash"/>), ignoring case. Colliding names would share a session:
    /// its ports end with the first of them.</summary>
    public static ulong Of(ReadOnlySpan<byte> name) => With(FnvHash.Basis, name);

    /// <summary>A hash of a name within another.</summary>
    public static ulong With(ulong key, ReadOnlySpan<byte> name)
    {
        foreach (var character in name)
            key = FnvHash.With(key, (byte)char.ToLowerInvariant((char)character));
        return key;
    }
}
