namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>The two wire formats that share SMB's name and ports.</summary>
internal enum SmbGeneration
{
    /// <summary>Not seen yet.</summary>
    Unknown,

    /// <summary>SMB 1 ([MS-CIFS], [MS-SMB]).</summary>
    First,

    /// <summary>SMB 2 and 3 ([MS-SMB2]).</summary>
    Second,

    /// <summary>A negotiate request of SMB 1 that offers SMB 2 ([MS-SMB2] 1.7): the next message of either end
    /// decides.</summary>
    Open,
}
