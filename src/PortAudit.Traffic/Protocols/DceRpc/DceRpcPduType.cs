namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>PDU types of both DCE/RPC protocols: connectionless 0 to 10, connection-oriented the rest and four of those
/// (C706 §12.1, [MS-RPCE] 2.2.2.10, [MS-RPCH] 2.2.3.1).</summary>
internal enum DceRpcPduType : byte
{
    Request = 0,
    Ping = 1,
    Response = 2,
    Fault = 3,
    Working = 4,
    NoCall = 5,
    Reject = 6,
    Acknowledgement = 7,
    ConnectionlessCancel = 8,
    FragmentAcknowledgement = 9,
    CancelAcknowledgement = 10,
    Bind = 11,
    BindAcknowledgement = 12,
    BindRefusal = 13,
    AlterContext = 14,
    AlterContextResponse = 15,
    Authentication3 = 16,
    Shutdown = 17,
    ConnectionOrientedCancel = 18,
    Orphaned = 19,
    RequestToSend = 20,
}
