using System.Buffers.Text;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Rtsp;

/// <summary>Reads media ports from responses to RTSP <c>SETUP</c> (RFC 2326, RFC 7826): requests offer several
/// transports, the response has the selected one. Valid until <c>TEARDOWN</c>. Skips interleaved media, which has no
/// flow of its own.</summary>
internal sealed class RtspPortTracker : IDynamicPortTracker
{
    /// <summary>Transports read per field.</summary>
    private const int MaximumTransports = 8;

    private const int Success = 200;
    private const int Redirection = 300;

    private readonly AnnouncedEndpoints _endpoints = new();

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        var bytes = message.Bytes;
        if (bytes[0] == '$')
            return RtspInterleavedFrame.TryParse(bytes, out var frame, out var fault)
                ? frame.TotalLength
                : fault == ParseError.Incomplete ? 0 : Next(bytes);
        if (bytes[0] is (byte)'\r' or (byte)'\n')
            return bytes.IndexOfAnyExcept((byte)'\r', (byte)'\n') is > 0 and var ends ? ends : bytes.Length;
        if (!StartLine.TryParse(bytes, "RTSP/1."u8, out var line, out var error)
            && (error == ParseError.Incomplete || !StartLine.TryParse(bytes, "RTSP/2."u8, out line, out error)))
            return error == ParseError.Incomplete ? 0 : Next(bytes);
        var feed = bytes.IndexOf((byte)'\n');
        if (feed < 0)
            return 0;
        if (!MessageHead.TryParse(bytes[(feed + 1)..], out var head, out error))
            return error == ParseError.Incomplete ? 0 : Next(bytes);
        ReadMessage(line, head, message, notes);
        var length = feed + 1 + head.Length;
        return Utf8Parser.TryParse(head.Field("Content-Length"u8), out int content, out _) && content >= 0
            ? (int)Math.Min(length + (long)content, int.MaxValue)
            : length;
    }

    /// <inheritdoc />
    public void Clear() => _endpoints.Clear();

    /// <summary>Bytes to skip after a gap, at least one, to the next message, line end or media frame.</summary>
    private static int Next(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[1..];
        var end = rest.IndexOfAny((byte)'\n', (byte)'$');
        var before = end < 0 ? rest : rest[..end];
        if (before.IndexOf("RTSP/"u8) is >= 0 and var answer)
            return 1 + answer;
        return end >= 0 && rest[end] == '\n' ? end + 2 : 1 + before.Length;
    }

    private void ReadMessage(StartLine line, MessageHead head, in ControlMessage message, AnnouncementNotes notes)
    {
        var session = SessionKey.Of(FieldParameters.Main(head.Field("Session"u8)));
        if (line.IsRequest && Words.Same(line.Method, "TEARDOWN"u8))
            _endpoints.Withdraw(session, notes);
        if (line.StatusCode is < Success or >= Redirection)
            return;
        var list = head.Field("Transport"u8);
        for (var i = 0; i < MaximumTransports && RtspTransport.TryTake(ref list, out var transport); i++)
        {
            if (transport.IsUdp)
                Announce(transport, session, message, notes);
        }
    }

    /// <summary>Announces the server's response: server endpoints are the sender's, client endpoints the receiver's,
    /// unless the field says otherwise.</summary>
    private void Announce(RtspTransport transport, ulong session, in ControlMessage message, AnnouncementNotes notes)
    {
        var server = transport.TryFindAddress("source"u8, out var source) ? source : message.Sender.Address;
        var client =
            transport.TryFindAddress("destination"u8, out var destination) ? destination : message.Receiver.Address;
        AnnouncePorts(transport, "client_port"u8, client, session, notes);
        AnnouncePorts(transport, "server_port"u8, server, session, notes);
        if (client.IsMulticast)
            AnnouncePorts(transport, "port"u8, client, session, notes);
        AnnounceEndpoints(transport, "dest_addr"u8, client, session, notes);
        AnnounceEndpoints(transport, "src_addr"u8, server, session, notes);
    }

    private void AnnouncePorts(RtspTransport transport, ReadOnlySpan<byte> parameter, IpAddress address, ulong session,
        AnnouncementNotes notes)
    {
        if (!transport.TryFindPorts(parameter, out var first, out var second))
            return;
        Announce(new Endpoint(address, first), transport.IsRtp ? MediaPort.RtpProtocol : null, session, notes);
        if (second != first)
            Announce(new Endpoint(address, second), transport.IsRtp ? MediaPort.RtcpProtocol : null, session, notes);
    }

    private void AnnounceEndpoints(RtspTransport transport, ReadOnlySpan<byte> parameter, IpAddress own, ulong session,
        AnnouncementNotes notes)
    {
        if (transport.TryFindEnd(parameter, 0, own, out var address, out var port))
            Announce(new Endpoint(address, port), transport.IsRtp ? MediaPort.RtpProtocol : null, session, notes);
        if (transport.TryFindEnd(parameter, 1, own, out address, out port))
            Announce(new Endpoint(address, port), transport.IsRtp ? MediaPort.RtcpProtocol : null, session, notes);
    }

    private void Announce(Endpoint end, string? protocol, ulong session, AnnouncementNotes notes) =>
        _endpoints.Announce(session, party: 0, MediaPort.Of(end, IpProtocol.Udp, protocol, kind: null), notes);
}
