namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Action of an SMB command on a file or pipe.</summary>
internal enum SmbPipeAct
{
    /// <summary>Irrelevant.</summary>
    None,

    /// <summary>Response with the kind of a tree.</summary>
    Connected,

    /// <summary>Request to open a name.</summary>
    Open,

    /// <summary>Response with the opened file.</summary>
    Opened,

    /// <summary>Write request.</summary>
    Write,

    /// <summary>Read request.</summary>
    Read,

    /// <summary>Request to write, and read the response.</summary>
    Transact,

    /// <summary>Response with data.</summary>
    Answer,

    /// <summary>Response with failure.</summary>
    Failed,

    /// <summary>Close request.</summary>
    Close,

    /// <summary>Response with a DFS referral.</summary>
    Referred,

    /// <summary>Tree connect request.</summary>
    Connect,
}
