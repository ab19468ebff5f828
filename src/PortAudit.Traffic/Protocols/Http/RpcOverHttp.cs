namespace PortAudit.Traffic.Protocols.Http;

/// <summary>Microsoft RPC within HTTP requests ([MS-RPCH]), as Outlook Anywhere and the Remote Desktop Gateway use
/// it.</summary>
internal static class RpcOverHttp
{
    /// <summary>Service of such a connection. The interface is inside, after another exchange.</summary>
    public const string Service = "rpc-http";

    /// <summary>True for the methods of version 2 ([MS-RPCH] 2.1.2.1.1, 2.1.2.1.2) and of version 1
    /// (2.1.1.1.1).</summary>
    public static bool IsMethod(ReadOnlySpan<byte> method) =>
        method.SequenceEqual("RPC_IN_DATA"u8) || method.SequenceEqual("RPC_OUT_DATA"u8)
        || method.SequenceEqual("RPC_CONNECT"u8);
}
