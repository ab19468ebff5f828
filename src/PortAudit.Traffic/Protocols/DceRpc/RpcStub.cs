using PortAudit.Traffic.Protocols.Ndr;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Reassembled stub data of a request or response.</summary>
internal readonly ref struct RpcStub
{
    public RpcStub(ReadOnlySpan<byte> bytes, NdrSyntax syntax, IpAddress server, IpAddress client)
    {
        Bytes = bytes;
        Syntax = syntax;
        Server = server;
        Client = client;
    }

    public ReadOnlySpan<byte> Bytes { get; }

    public NdrSyntax Syntax { get; }

    /// <summary>The called address as seen in the flow: behind address translation not the server's own.</summary>
    public IpAddress Server { get; }

    public IpAddress Client { get; }

    /// <summary>Response: first four bytes of the request's stub data; null when unknown.</summary>
    public uint? Argument { get; init; }
}
