using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.OncRpc;

/// <summary>A pending call to the port mapper; its reply repeats nothing but the number.</summary>
/// <param name="Version">Version of the port mapper's protocol: 2, or 3 and 4 for rpcbind.</param>
/// <param name="Procedure">The procedure.</param>
/// <param name="Program">The program requested or called; 0 when the reply names programs.</param>
/// <param name="Transport">The requested transport protocol.</param>
internal readonly record struct RpcCall(uint Version, uint Procedure, uint Program, IpProtocol Transport)
{
    /// <summary>PMAPPROC_GETPORT, RPCBPROC_GETADDR (RFC 1833 §3.2, §2.2.1).</summary>
    public const uint GetAddress = 3;

    /// <summary>PMAPPROC_DUMP, RPCBPROC_DUMP.</summary>
    public const uint Dump = 4;

    /// <summary>PMAPPROC_CALLIT, RPCBPROC_CALLIT, RPCBPROC_BCAST: calls a program through the port mapper.</summary>
    public const uint CallIt = 5;

    /// <summary>RPCBPROC_GETVERSADDR.</summary>
    public const uint GetVersionAddress = 9;

    /// <summary>RPCBPROC_INDIRECT: like <see cref="CallIt"/>, but also returns errors.</summary>
    public const uint Indirect = 10;

    /// <summary>RPCBPROC_GETADDRLIST.</summary>
    public const uint GetAddressList = 11;

    private const uint PortMapperVersion = 2;
    private const uint LastVersion = 4;

    /// <summary>True for version 2, with protocol and port numbers instead of universal addresses.</summary>
    public bool IsOfPortMapper => Version == PortMapperVersion;

    /// <summary>Parses a call; false when its reply has no address, or arguments are missing.</summary>
    /// <param name="message">The call to the port mapper.</param>
    /// <param name="carrier">Transport of the call. For rpcbind it is the requested one, whatever the arguments say
    /// (RFC 1833 §2.2.1); the port mapper calls programs over UDP (§3.2).</param>
    /// <param name="call">The call.</param>
    public static bool TryRead(RpcMessage message, IpProtocol carrier, out RpcCall call)
    {
        call = new RpcCall(message.Version, message.Procedure, 0, carrier);
        var arguments = new XdrReader(message.Body);
        if (message.Version is < PortMapperVersion or > LastVersion)
            return false;
        if (message.Procedure == Dump)
            return true;
        if (call.IsOfPortMapper && message.Procedure == GetAddress)
        {
            var isRead = RpcBinding.TryReadMapping(ref arguments, out var asked);
            call = call with { Program = asked.Program, Transport = asked.Transport };
            return isRead;
        }

        var tells = message.Procedure is GetAddress or CallIt
            || (message.Version == LastVersion && message.Procedure is GetVersionAddress or Indirect or GetAddressList);
        var isThere = arguments.TryReadUInt32(out var program);
        call = call with { Program = program, Transport = call.IsOfPortMapper ? IpProtocol.Udp : carrier };
        return tells && isThere;
    }
}
