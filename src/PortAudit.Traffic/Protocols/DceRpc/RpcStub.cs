using PortAudit.Traffic.Protocols.Ndr;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>The stub data of one call's request or answer, put together.</summary>
internal readonly ref struct RpcStub
{
    /// <summary>Makes the view.</summary>
    public RpcStub(ReadOnlySpan<byte> bytes, NdrSyntax syntax, IpAddress server, IpAddress client)
    {
        Bytes = bytes;
        Syntax = syntax;
        Server = server;
        Client = client;
    }

    /// <summary>The stub data.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>How they are written.</summary>
    public NdrSyntax Syntax { get; }

    /// <summary>Who was called, as the flow has it: behind address translation not what the server takes for its own
    /// address.</summary>
    public IpAddress Server { get; }

    /// <summary>Who called.</summary>
    public IpAddress Client { get; }

    /// <summary>Of an answer: the first four bytes of the request's stub data as a number; null when they are not
    /// known.</summary>
    public uint? Argument { get; init; }
}
