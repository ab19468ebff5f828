using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Pptp;

/// <summary>
/// Reads the calls of PPTP: the data of all calls between two hosts run over GRE between their addresses (RFC 2637 §4),
/// which has no ports. A call that is granted announces it, its end withdraws it with the last call, and so does the
/// end of the control connection.
/// </summary>
internal sealed class PptpPortTracker : IDynamicPortTracker
{
    /// <summary>IP protocol number of GRE.</summary>
    private const byte Gre = 47;

    /// <summary>How long calls outlive the last control message, in nanoseconds: after 60 s of silence an end asks for
    /// an echo, and after 60 s more it gives up (RFC 2637 §3.1.4).</summary>
    private const long LifetimeNs = 120_000_000_000;

    private const byte Granted = 1;

    private int _calls;
    private Endpoint _server;
    private IpAddress _client;

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        var rest = message.Bytes;
        while (PptpMessage.TryParse(rest, out var control, out var error) || error != ParseError.Incomplete)
        {
            // Where no message begins, after a gap for example, the next segment may begin with one.
            if (error != ParseError.None)
                return message.Bytes.Length;
            Follow(control, message, notes);
            rest = rest[control.Length..];
        }

        return message.Bytes.Length - rest.Length;
    }

    /// <inheritdoc />
    public void Clear() => (_calls, _server, _client) = (0, default, default);

    private void Follow(PptpMessage control, in ControlMessage message, AnnouncementNotes notes)
    {
        var wasOpen = _calls > 0;
        switch (control.Kind)
        {
            case PptpMessageKind.OutgoingCallReply or PptpMessageKind.IncomingCallReply when control.Result == Granted:
                _calls++;
                (_server, _client) =
                    wasOpen ? (_server, _client) : (new Endpoint(message.Sender.Address, 0), message.Receiver.Address);
                break;
            case PptpMessageKind.CallDisconnectNotify when wasOpen:
                _calls--;
                break;
            case PptpMessageKind.StopRequest or PptpMessageKind.StopReply:
                _calls = 0;
                break;
        }

        if (_calls > 0)
            notes.Announce(new AnnouncementDraft(_server, new IpProtocol(Gre),
                _client)
            { Protocol = "gre", IsRenewal = true, LifetimeNs = LifetimeNs });
        else if (wasOpen)
            notes.Withdraw(_server, new IpProtocol(Gre));
    }
}
