using System.Buffers;
using System.Buffers.Text;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Ntlm;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>Reads names in HTTP authentication by NTLM and Kerberos ([MS-NTHT] 2.2, RFC 4559 §4). Through a proxy (RFC
/// 9112 §3.2.2, §3.2.3) the answering host is not the flow's address: only the proxy's own authentication is
/// read.</summary>
internal sealed class HttpNameReader : INameReader
{
    /// <summary>Header fields with a token read per direction.</summary>
    public const int MaximumTokens = 8;

    /// <summary>Bytes of a token decoded: more than precede the names in NTLM. Names in longer Kerberos tickets are not
    /// read.</summary>
    public const int MaximumToken = 4096;

    private static ReadOnlySpan<byte> Ntlm => ": NTLM"u8;

    private static ReadOnlySpan<byte> Negotiate => ": Negotiate"u8;

    private static ReadOnlySpan<byte> Version => "HTTP/"u8;

    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    /// <inheritdoc />
    public bool Read(in NamePayload payload, NameNotes notes)
    {
        var isProxied = HttpChange.IsToProxy(payload.FromOriginator) || HttpChange.IsToProxy(payload.FromResponder);
        var isOver = NoteTokens(payload.FromOriginator, payload.Originator, payload.Responder, isProxied, notes,
            out var byOriginator)
            | NoteTokens(payload.FromResponder, payload.Responder, payload.Originator, isProxied, notes,
                out var byResponder);
        var isAnswered = HasReply(payload.FromOriginator) || HasReply(payload.FromResponder);
        return isOver || (isAnswered && !byOriginator && !byResponder);
    }

    /// <summary>True when a stream begins with the complete head of a response: without a scheme in it, none will be
    /// used.</summary>
    private static bool HasReply(ReadOnlySpan<byte> stream) =>
        stream.StartsWith(Version) && stream.IndexOf(EndOfHead) >= 0;

    /// <summary>Reads the tokens of one direction. True when the client's last message is included;
    /// <paramref name="any"/> when a field had one of the schemes.</summary>
    private static bool NoteTokens(ReadOnlySpan<byte> stream, IpAddress sender, IpAddress receiver, bool isProxied,
        NameNotes notes, out bool any)
    {
        any = false;
        var isOver = false;
        for (var i = 0; i < MaximumTokens && TryTakeField(ref stream, out var name, out var token); i++)
        {
            any = true;
            if (!isProxied || name.StartsWith("Proxy-"u8))
                isOver |= NoteToken(token, sender, receiver, notes);
        }

        return isOver;
    }

    /// <summary>Finds the next field with one of the schemes; its name precedes the colon, its token follows the
    /// scheme.</summary>
    private static bool TryTakeField(ref ReadOnlySpan<byte> stream, out ReadOnlySpan<byte> name,
        out ReadOnlySpan<byte> token)
    {
        name = token = default;
        var (ntlm, negotiate) = (stream.IndexOf(Ntlm), stream.IndexOf(Negotiate));
        if (ntlm < 0 && negotiate < 0)
            return false;
        var isNtlm = negotiate < 0 || (ntlm >= 0 && ntlm < negotiate);
        var at = isNtlm ? ntlm : negotiate;
        name = stream[(stream[..at].LastIndexOf((byte)'\n') + 1)..at];
        stream = stream[(at + (isNtlm ? Ntlm.Length : Negotiate.Length))..];
        var end = stream.IndexOf((byte)'\r');
        token = end < 0 ? default : stream[..end].TrimStart((byte)' ');
        return true;
    }

    private static bool NoteToken(ReadOnlySpan<byte> base64, IpAddress sender, IpAddress receiver, NameNotes notes)
    {
        Span<byte> token = stackalloc byte[MaximumToken];
        return Base64.DecodeFromUtf8(base64, token, out _, out var length) is OperationStatus.Done
            or OperationStatus.DestinationTooSmall
            && SecurityTokens.Note(token[..length], sender, receiver, notes);
    }
}
