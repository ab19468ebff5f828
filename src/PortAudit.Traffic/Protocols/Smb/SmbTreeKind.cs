namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>What a tree connection leads to.</summary>
internal enum SmbTreeKind
{
    /// <summary>No answer to a tree connect was seen that names it.</summary>
    Unknown,

    /// <summary>The pipes of a server, <c>IPC$</c>.</summary>
    Pipes,

    /// <summary>Files or a printer.</summary>
    Other,
}
