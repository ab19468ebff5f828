namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>The two wire formats of SMB.</summary>
internal enum SmbGeneration
{
    /// <summary>Not seen yet.</summary>
    Unknown,

    /// <summary>SMB 1 ([MS-CIFS], [MS-SMB]).</summary>
    First,

    /// <summary>SMB 2 and 3 ([MS-SMB2]).</summary>
    Second,

    /// <summary>An SMB 1 negotiate request that offers SMB 2 ([MS-SMB2] 1.7): the next message of either side
    /// decides.</summary>
    Open,
}
