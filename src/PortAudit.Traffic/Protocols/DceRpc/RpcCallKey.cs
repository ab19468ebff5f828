namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>What ties the fragments of a call together.</summary>
/// <param name="Number">Of a connection the call identifier, of datagrams the number within the activity.</param>
/// <param name="Activity">The activity of datagrams; empty for a connection.</param>
internal readonly record struct RpcCallKey(uint Number, Guid Activity = default);
