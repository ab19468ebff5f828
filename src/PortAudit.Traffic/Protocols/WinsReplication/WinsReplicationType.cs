namespace PortAudit.Traffic.Protocols.WinsReplication;

/// <summary>WINS replication message types ([MS-WINSRA] 2.2.1, 2.2.2).</summary>
internal enum WinsReplicationType : uint
{
    StartRequest = 0,
    StartResponse = 1,
    StopRequest = 2,
    Replication = 3,
}
