using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Pptp;

/// <summary>Reads PPTP calls: all data between two hosts uses GRE, which has no ports (RFC 2637 §4). A granted call
/// announces it; the end of the last call, or of the control connection, withdraws it.</summary>
internal sealed class PptpPortTracker : IDynamicPortTracker
{
    /// <summary>IP protocol number of GRE.</summary>
    private const byte Gre = 47;

    /// <summary>How long calls outlive the last control message, in nanoseconds: an echo is sent after 60 s of silence,
    /// and the peer is given up 60 s later (RFC 2637 §3.1.4).</summary>
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
            // If no message begins here, for example after a gap, the next segment may begin with one.
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
