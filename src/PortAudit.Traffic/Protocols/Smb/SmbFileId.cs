namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Identifier of an open file or pipe: SMB 1's FID ([MS-CIFS] 2.2.1.6.1) in the volatile half, or SMB2_FILEID
/// ([MS-SMB2] 2.2.14.1).</summary>
/// <param name="Persistent">The first half.</param>
/// <param name="Volatile">The second half.</param>
internal readonly record struct SmbFileId(ulong Persistent, ulong Volatile)
{
    /// <summary>The previous request's file, in a related request ([MS-SMB2] 3.2.4.1.4).</summary>
    public static SmbFileId OfPrevious => new(ulong.MaxValue, ulong.MaxValue);
}
