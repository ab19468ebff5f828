using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>
/// WS-Management in HTTP (DSP0226; [MS-WSMV]): Windows Remote Management, over which PowerShell remoting goes
/// ([MS-PSRP]).
/// </summary>
internal static class WsManagement
{
    /// <summary>Service of a connection that carries it: the name of its row in the registry.</summary>
    public const string Service = "winrm";

    /// <summary>Path of the service ([MS-WSMV] 2.2.1, <c>/wsman</c>), also with a query or a deeper path, and of its
    /// form without authentication (§2.2.1, <c>/wsman-anon</c>).</summary>
    private static ReadOnlySpan<byte> Path => "/wsman"u8;

    private static ReadOnlySpan<byte> AnonymousPath => "/wsman-anon"u8;

    /// <summary>How a message that Kerberos, NTLM or CredSSP encrypts names itself ([MS-WSMV] 2.2.9.1): a part of the
    /// content type that nothing else has.</summary>
    private static ReadOnlySpan<byte> Encrypted => "-session-encrypted\""u8;

    private static ReadOnlySpan<byte> Client => "Microsoft WinRM Client"u8;

    /// <summary>True when a message is one of the protocol, as far as its head is there.</summary>
    /// <param name="line">Its start line.</param>
    /// <param name="bytes">The message.</param>
    public static bool Is(StartLine line, ReadOnlySpan<byte> bytes) =>
        (line.IsRequest && IsPath(PathOf(line.Target)))
        || (HttpHead.TryParse(bytes, out var head) && (head.Field("User-Agent"u8).StartsWith(Client)
            || IsEncrypted(head.Field("Content-Type"u8))));

    private static bool IsEncrypted(ReadOnlySpan<byte> type) =>
        Words.Begins(type, "multipart/"u8) && type.IndexOf(Encrypted) >= 0;

    /// <summary>The path of a target, without the authority of its absolute form (RFC 9112 §3.2.2).</summary>
    private static ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> target)
    {
        if (target.IsEmpty || target[0] == '/' || target.IndexOf("://"u8) is not (> 0 and var at))
            return target;
        var rest = target[(at + 3)..];
        return rest.IndexOf((byte)'/') is >= 0 and var slash ? rest[slash..] : [];
    }

    private static bool IsPath(ReadOnlySpan<byte> path) => BeginsWith(path, Path) || BeginsWith(path, AnonymousPath);

    private static bool BeginsWith(ReadOnlySpan<byte> path, ReadOnlySpan<byte> prefix) =>
        Words.Begins(path, prefix) && (path.Length == prefix.Length || path[prefix.Length] is (byte)'/' or (byte)'?');
}
