namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>What a command of SMB does to a file or pipe, as far as following pipes needs it.</summary>
internal enum SmbPipeAct
{
    /// <summary>Nothing that matters.</summary>
    None,

    /// <summary>An answer says what a tree leads to.</summary>
    Connected,

    /// <summary>A request opens a name.</summary>
    Open,

    /// <summary>An answer gives the file that was opened.</summary>
    Opened,

    /// <summary>A request writes.</summary>
    Write,

    /// <summary>A request reads.</summary>
    Read,

    /// <summary>A request writes, and reads the answer.</summary>
    Transact,

    /// <summary>An answer brings what was read.</summary>
    Answer,

    /// <summary>An answer says that what was asked for will not come.</summary>
    Failed,

    /// <summary>A request closes.</summary>
    Close,

    /// <summary>An answer refers to where names of the Distributed File System lead.</summary>
    Referred,

    /// <summary>A request connects to a share.</summary>
    Connect,
}
