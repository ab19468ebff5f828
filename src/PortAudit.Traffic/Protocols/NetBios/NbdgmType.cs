namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>Types of packets of the NetBIOS datagram service (RFC 1002 §4.4.1).</summary>
internal enum NbdgmType : byte
{
    DirectUnique = 0x10,
    DirectGroup = 0x11,
    Broadcast = 0x12,
    Error = 0x13,
    QueryRequest = 0x14,
    PositiveQueryResponse = 0x15,
    NegativeQueryResponse = 0x16,
}
