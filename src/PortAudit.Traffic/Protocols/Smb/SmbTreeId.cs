namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>What stands for a tree connection within a transport connection.</summary>
/// <param name="Session">Session to which it belongs; 0 for SMB 1, whose trees are the connection's.</param>
/// <param name="Tree">TID of SMB 1, TreeId of SMB 2.</param>
internal readonly record struct SmbTreeId(ulong Session, uint Tree);
