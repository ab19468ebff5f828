using System.Buffers;
using System.Buffers.Text;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Ntlm;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>
/// Reads the names in HTTP's authentication by NTLM and Kerberos ([MS-NTHT] 2.2, RFC 4559 §4). What a client asks a
/// proxy for (RFC 9112 §3.2.2, §3.2.3) is answered by another than the proxy, whose address the flow has: of such a
/// conversation only what the proxy asks for itself is read.
/// </summary>
internal sealed class HttpNameReader : INameReader
{
    /// <summary>Header fields with a token that are read of one direction at most.</summary>
    public const int MaximumTokens = 8;

    /// <summary>Bytes of a token that are decoded at most: more than a message of NTLM has before its names. Names in a
    /// longer ticket of Kerberos are not read.</summary>
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

    /// <summary>True when a stream begins with the whole head of a reply: where no scheme is asked for in it, none will
    /// be used.</summary>
    private static bool HasReply(ReadOnlySpan<byte> stream) =>
        stream.StartsWith(Version) && stream.IndexOf(EndOfHead) >= 0;

    /// <summary>Reads the tokens of one direction. True when the client's last message is among them;
    /// <paramref name="any"/> when there was a field with one of the schemes.</summary>
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

    /// <summary>Goes to the next field of one of the schemes. Its name is what stands before the colon in its line, its
    /// token what follows the scheme.</summary>
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
