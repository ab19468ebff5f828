namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>What stands for an open file or pipe in a connection: FID of SMB 1 ([MS-CIFS] 2.2.1.6.1) in the volatile
/// half, SMB2_FILEID of SMB 2 ([MS-SMB2] 2.2.14.1).</summary>
/// <param name="Persistent">The first half.</param>
/// <param name="Volatile">The second half.</param>
internal readonly record struct SmbFileId(ulong Persistent, ulong Volatile)
{
    /// <summary>What a request that is related to the one before it in its message calls the file of that one
    /// ([MS-SMB2] 3.2.4.1.4).</summary>
    public static SmbFileId OfPrevious => new(ulong.MaxValue, ulong.MaxValue);
}
