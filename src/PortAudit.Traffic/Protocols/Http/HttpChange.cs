using System.Buffers.Text;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>Follows an HTTP connection that changes protocol: a tunnel through a proxy (<c>CONNECT</c>, RFC 9110
/// §9.3.6), also after proxy authentication, TLS within the connection (RFC 2817 §3), or a WebSocket (RFC 6455 §4),
/// which remains HTTP, whatever it carries.</summary>
internal static class HttpChange
{
    /// <summary>Tunnel requests followed: NTLM and Negotiate take three, and one to spare.</summary>
    public const int MaximumAttempts = 4;

    /// <summary>Interim responses skipped: 100 and a few of 102 or 103 from a proxy.</summary>
    private const int MaximumInterim = 4;

    private const int SwitchingProtocols = 101;
    private const int FirstSuccess = 200;
    private const int FirstRedirection = 300;

    private static ReadOnlySpan<byte> Version => "HTTP/1."u8;

    private static ReadOnlySpan<byte> TlsToken => "TLS/"u8;

    /// <summary>Adds protocol switches found in the heads of both directions.</summary>
    /// <param name="client">What the client sent, from the request; empty when not seen.</param>
    /// <param name="server">What the server sent.</param>
    /// <param name="isForward">True when the client is the presumed originator.</param>
    /// <param name="webSockets">Reads what a WebSocket carries.</param>
    /// <param name="recognition">What was recognised.</param>
    public static void Follow(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, bool isForward,
        WebSocketContent webSockets, ref Recognition recognition)
    {
        if (IsConnect(client))
            FollowConnect(client, server, isForward, ref recognition);
        else
            FollowUpgrade(client, server, isForward, webSockets, ref recognition);
    }

    /// <summary>True for a complete CONNECT request line. Its target should be host and port, but careless clients add
    /// a path and proxies accept it, so any target will do.</summary>
    public static bool IsConnect(ReadOnlySpan<byte> bytes)
    {
        bytes = SkipEmptyLine(bytes);
        if (!bytes.StartsWith("CONNECT "u8))
            return false;
        var feed = bytes[..Math.Min(bytes.Length, StartLine.MaximumTargetLength)].IndexOf((byte)'\n');
        if (feed < 0)
            return false;
        var line = bytes[..feed].TrimEnd((byte)'\r');
        return line.Length > Version.Length + 1 && line[..^1].EndsWith(Version) && char.IsAsciiDigit((char)line[^1]);
    }

    /// <summary>Skips an empty line before a request, as servers do (RFC 9112 §2.2); it counts towards the head's
    /// length.</summary>
    public static ReadOnlySpan<byte> SkipEmptyLine(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\r\n"u8) ? bytes[2..] : bytes;

    /// <summary>True when the first request is for a proxy: it has a host in its target or requests a tunnel (RFC 9112
    /// §3.2.2, §3.2.3).</summary>
    public static bool IsToProxy(ReadOnlySpan<byte> client)
    {
        var target = client[(client.IndexOf((byte)' ') + 1)..];
        return client.StartsWith("CONNECT "u8) || target.StartsWith("http://"u8) || target.StartsWith("https://"u8);
    }

    private static void FollowConnect(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, bool isForward,
        ref Recognition recognition)
    {
        var asked = 0;
        var answered = 0;
        for (var i = 0; i < MaximumAttempts; i++)
        {
            var rest = client[asked..];
            if (!IsConnect(rest)
                && (StartLine.TryParse(rest, Version, out _, out var error) || error != ParseError.Incomplete))
                return;
            recognition.WantsMore =
                rest.Length < HttpHead.MaximumLength && server.Length - answered < HttpHead.MaximumLength;
            if (!HttpHead.TryParse(rest, out var ask))
                return;
            if (server.IsEmpty)
                WaitForServer(client, asked + ask.Length, isForward, ref recognition);
            answered += LengthOfInterim(server[answered..]);
            if (!TryReadAnswer(server[answered..], out var status, out var length))
                return;
            asked += ask.Length;
            answered += length;
            if (status is < FirstSuccess or >= FirstRedirection)
                continue;
            recognition.WantsMore = false;
            recognition.Next = ProtocolSwitch.ThroughProxy(asked, answered, isForward);
            return;
        }

        recognition.WantsMore = false;
    }

    /// <summary>If the proxy's direction is never seen, a client that continues after its requests, having repeated
    /// refused ones, got its tunnel.</summary>
    private static void WaitForServer(ReadOnlySpan<byte> client, int asked, bool isForward, ref Recognition recognition)
    {
        for (var i = 1; i < MaximumAttempts && IsConnect(client[asked..])
            && HttpHead.TryParse(client[asked..], out var again); i++)
            asked += again.Length;
        if (recognition.WantsMore && asked < client.Length
            && !client[asked..].StartsWith("CONNECT "u8[..Math.Min(client.Length - asked, "CONNECT "u8.Length)]))
            recognition.NextIfOneWay = ProtocolSwitch.ThroughProxy(asked, 0, isForward);
    }

    /// <summary>Length of the complete interim responses (1xx except 101, RFC 9110 §15.2) before the final
    /// one.</summary>
    private static int LengthOfInterim(ReadOnlySpan<byte> server)
    {
        var length = 0;
        for (var i = 0; i < MaximumInterim; i++)
        {
            var rest = server[length..];
            var isInterim = StartLine.TryParse(rest, Version, out var line, out _)
                && line.StatusCode is > 0 and < FirstSuccess and not SwitchingProtocols;
            if (!isInterim || !HttpHead.TryParse(rest, out var head))
                break;
            length += head.Length;
        }

        return length;
    }

    /// <summary>Reads a response and, if it refuses, its body. False while incomplete, or of unknown length.</summary>
    public static bool TryReadAnswer(ReadOnlySpan<byte> bytes, out int status, out int length)
    {
        length = 0;
        status = 0;
        if (!StartLine.TryParse(bytes, Version, out var line, out _) || line.IsRequest
            || !HttpHead.TryParse(bytes, out var head))
            return false;
        status = line.StatusCode;
        length = head.Length;
        if (status is >= FirstSuccess and < FirstRedirection)
            return true;
        if (Words.Same(head.Field("Transfer-Encoding"u8), "chunked"u8))
            return TrySkipChunks(bytes[length..], ref length);
        var value = head.Field("Content-Length"u8);
        if (value.IsEmpty)
            return true;
        if (!Utf8Parser.TryParse(value, out int body, out var used) || used != value.Length || body < 0
            || body > bytes.Length - length)
            return false;
        length += body;
        return true;
    }

    /// <summary>A chunked error page ends with a chunk of length 0 (RFC 9112 §7.1).</summary>
    private static bool TrySkipChunks(ReadOnlySpan<byte> body, ref int length)
    {
        var end = body.StartsWith("0\r\n\r\n"u8) ? 0 : body.IndexOf("\r\n0\r\n\r\n"u8) + 2;
        if (end == 1)
            return false;
        length += end + 5;
        return true;
    }

    private static void FollowUpgrade(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, bool isForward,
        WebSocketContent webSockets, ref Recognition recognition)
    {
        if (!StartLine.TryParse(server, Version, out var line, out _))
        {
            recognition.WantsMore = HttpHead.TryParse(client, out var request)
                ? AsksToChange(request)
                : !client.IsEmpty && client.Length < HttpHead.MaximumLength;
            return;
        }

        if (line.StatusCode != SwitchingProtocols)
            return;
        recognition.WantsMore = server.Length < HttpHead.MaximumLength;
        if (!HttpHead.TryParse(server, out var answer))
            return;
        recognition.WantsMore = false;
        if (Words.Begins(answer.Field("Upgrade"u8), TlsToken))
            FollowIntoTls(client, answer.Length, isForward, ref recognition);
        if (!Words.Same(answer.Field("Upgrade"u8), "websocket"u8))
            return;
        recognition.Service = "websocket";
        recognition.ServiceBasis = IdentificationBasis.Payload;
        webSockets.Add(HttpHead.TryParse(client, out var asked) ? client[asked.Length..] : [], server[answer.Length..],
            ref recognition);
    }

    private static bool AsksToChange(HttpHead request)
    {
        var wanted = request.Field("Upgrade"u8);
        return Words.Same(wanted, "websocket"u8) || Words.Begins(wanted, TlsToken);
    }

    /// <summary>The handshake follows the request, usually without body, and the response (RFC 2817 §3.3).</summary>
    private static void FollowIntoTls(ReadOnlySpan<byte> client, int answered, bool isForward,
        ref Recognition recognition)
    {
        var asked = 0;
        if (HttpHead.TryParse(client, out var request))
            asked = request.Length
                + (Utf8Parser.TryParse(request.Field("Content-Length"u8), out int body, out _) && body > 0 ? body : 0);
        if (client.IsEmpty || (asked > 0 && asked <= client.Length))
            recognition.Next = ProtocolSwitch.IntoTls(asked, answered, isForward);
    }
}
