using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>WS-Management over HTTP (DSP0226; [MS-WSMV]): Windows Remote Management, used by PowerShell remoting
/// ([MS-PSRP]).</summary>
internal static class WsManagement
{
    /// <summary>Service of such a connection: the name of its registry row.</summary>
    public const string Service = "winrm";

    /// <summary>Path of the service ([MS-WSMV] 2.2.1, <c>/wsman</c>), with query or subpath, and without authentication
    /// (<c>/wsman-anon</c>).</summary>
    private static ReadOnlySpan<byte> Path => "/wsman"u8;

    private static ReadOnlySpan<byte> AnonymousPath => "/wsman-anon"u8;

    /// <summary>Content type suffix of a message encrypted by Kerberos, NTLM or CredSSP ([MS-WSMV] 2.2.9.1), used by
    /// nothing else.</summary>
    private static ReadOnlySpan<byte> Encrypted => "-session-encrypted\""u8;

    private static ReadOnlySpan<byte> Client => "Microsoft WinRM Client"u8;

    /// <summary>True for a message of the protocol, by the part of its head present.</summary>
    /// <param name="line">Its start line.</param>
    /// <param name="bytes">The message.</param>
    public static bool Is(StartLine line, ReadOnlySpan<byte> bytes) =>
        (line.IsRequest && IsTarget(line.Target))
        || (HttpHead.TryParse(bytes, out var head) && (IsClient(head.Field("User-Agent"u8))
            || IsEncrypted(head.Field("Content-Type"u8))));

    /// <summary>True for the target of a request of the protocol.</summary>
    public static bool IsTarget(ReadOnlySpan<byte> target) => IsPath(PathOf(target));

    /// <summary>True for the name that a client of the protocol gives itself.</summary>
    public static bool IsClient(ReadOnlySpan<byte> userAgent) => userAgent.StartsWith(Client);

    private static bool IsEncrypted(ReadOnlySpan<byte> type) =>
        Words.Begins(type, "multipart/"u8) && type.IndexOf(Encrypted) >= 0;

    /// <summary>The path of a target, without an authority (RFC 9112 §3.2.2).</summary>
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
