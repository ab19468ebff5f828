using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Xmpp;

/// <summary>Follows an XMPP stream into TLS: <c>&lt;starttls/&gt;</c>, <c>&lt;proceed/&gt;</c>, then a handshake (RFC
/// 6120 §5.4), also after dialback (XEP-0220).</summary>
internal static class XmppStartTls
{
    /// <summary>Bytes of a stream examined before TLS: header, features and a few elements.</summary>
    public const int MaximumLength = 8192;

    /// <summary>Bytes searched for the element before TLS, with its namespace and what a server may add.</summary>
    private const int MaximumElement = 256;

    private const byte HandshakeRecord = 0x16;

    /// <summary>Sets where TLS begins, or that it may still come, until the client logs in.</summary>
    public static void Follow(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, bool isForward,
        ref Recognition recognition)
    {
        var clientEnd = TextLength(client);
        var serverEnd = TextLength(server);
        var isAsked = clientEnd < client.Length && EndsWith(client[..clientEnd], "<starttls"u8);
        var isGranted = EndsWith(server[..serverEnd], "<proceed"u8) && (isAsked || serverEnd < server.Length);
        if (isGranted && (isAsked || client.IsEmpty))
        {
            recognition.Next = ProtocolSwitch.IntoTls(clientEnd, serverEnd, isForward);
            return;
        }

        if (isAsked && server.IsEmpty)
        {
            recognition.WantsMore = true;
            recognition.NextIfOneWay = ProtocolSwitch.IntoTls(clientEnd, 0, isForward);
            return;
        }

        var isTooLong = clientEnd >= MaximumLength || serverEnd >= MaximumLength;
        recognition.WantsMore =
            !isTooLong && client[..clientEnd].IndexOf("<auth"u8) < 0 && client[..clientEnd].IndexOf("<iq"u8) < 0;
    }

    /// <summary>Control characters other than tab and line ends are invalid in XML (XML 1.0 §2.2), so a TLS record ends
    /// it.</summary>
    private static int TextLength(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.IndexOf(HandshakeRecord);
        return length < 0 ? bytes.Length : length;
    }

    /// <summary>True when the last element begins with this tag and is closed.</summary>
    private static bool EndsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> tag)
    {
        var end = text.TrimEnd(" \t\r\n"u8);
        var last = end[^Math.Min(end.Length, MaximumElement)..];
        return !end.IsEmpty && end[^1] == '>' && last.LastIndexOf(tag) is >= 0 and var at
            && (last[at..].IndexOf("/>"u8) >= 0 || last[at..].IndexOf("</"u8) >= 0);
    }
}
