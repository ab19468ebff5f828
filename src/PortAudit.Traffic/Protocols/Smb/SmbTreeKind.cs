namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Kind of a tree connection.</summary>
internal enum SmbTreeKind
{
    /// <summary>Unknown: no tree connect response was seen.</summary>
    Unknown,

    /// <summary>A server's pipes, <c>IPC$</c>.</summary>
    Pipes,

    /// <summary>Files or a printer.</summary>
    Other,
}
