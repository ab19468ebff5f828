namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Identifies the fragments of a call.</summary>
/// <param name="Number">Call identifier of a connection, or sequence number within the activity of datagrams.</param>
/// <param name="Activity">Activity of datagrams; empty for a connection.</param>
internal readonly record struct RpcCallKey(uint Number, Guid Activity = default);
