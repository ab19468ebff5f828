namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Identifier of a tree connection.</summary>
/// <param name="Session">Its session; 0 for SMB 1, whose trees belong to the connection.</param>
/// <param name="Tree">TID of SMB 1, TreeId of SMB 2.</param>
internal readonly record struct SmbTreeId(ulong Session, uint Tree);
