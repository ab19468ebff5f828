using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Reads announcements in a request or response.</summary>
internal delegate void RpcStubReader(in RpcStub stub, AnnouncementNotes notes);

/// <summary>An operation that announces a port.</summary>
/// <param name="Interface">UUID of its interface, for any version.</param>
/// <param name="Number">Operation number.</param>
/// <param name="Read">Reads its request or response.</param>
internal sealed record RpcOperation(Guid Interface, ushort Number, RpcStubReader Read)
{
    /// <summary>True when the request announces, false for the response.</summary>
    public bool IsRequest { get; init; }
}
