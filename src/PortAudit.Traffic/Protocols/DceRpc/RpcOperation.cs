using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Reads what a request or an answer announces.</summary>
internal delegate void RpcStubReader(in RpcStub stub, AnnouncementNotes notes);

/// <summary>An operation that announces a port.</summary>
/// <param name="Interface">UUID of its interface, whatever the version.</param>
/// <param name="Number">Its number.</param>
/// <param name="Read">Reads its answer, or its request.</param>
internal sealed record RpcOperation(Guid Interface, ushort Number, RpcStubReader Read)
{
    /// <summary>True when the request announces, false when the answer does.</summary>
    public bool IsRequest { get; init; }
}
