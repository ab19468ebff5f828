using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>Ports exchanged by a STUN or TURN client and server. An Allocate response has the relayed address where
/// peers reach the client, for its lifetime (RFC 8656 §7, §8; [MS-TURN] 3.2.5.1). It is announced to anyone:
/// permissions are added during call set-up (§9), after the first checks, and a peer behind address translation has
/// another address. Channels, Send, Connect (RFC 6062 §4.3) and Set Active Destination name peers to which the relay
/// sends. A Binding or Allocate response has the client's public address: such a port is an ICE candidate (RFC 8445
/// §5.1.1), to which peers send directly, so that address and the client's own endpoint are announced.</summary>
/// <param name="protocol">Registry name of the protocol.</param>
internal sealed class TurnSession(string protocol)
{
    private const long SecondNs = 1_000_000_000;

    /// <summary>Default lifetime of an allocation (RFC 8656 §3.2), and of a channel (§12).</summary>
    private const long DefaultLifetimeNs = 600 * SecondNs;

    /// <summary>Longest lifetime accepted: servers grant at most an hour by default (RFC 8656 §7.2).</summary>
    private const long MaximumLifetimeNs = 86_400 * SecondNs;

    /// <summary>Lifetime of a permission (RFC 8656 §9), of a redirection (RFC 8489 §10), and of a NAT binding (RFC 4787
    /// §4.3).</summary>
    private const long FiveMinutesNs = 300 * SecondNs;

    /// <summary>Relayed addresses per client: one of each family (RFC 8656 §7.2).</summary>
    private const int MaximumRelayed = 2;

    // Created when needed: most conversations only query the client's address.
    private List<Endpoint>? _relayed;
    private TurnRequests? _requests;
    private TurnPeers? _peers;
    private IpProtocol _relayTransport;
    private long _lifetimeNs = DefaultLifetimeNs;

    /// <summary>True once a TURN message was read.</summary>
    public bool IsTurn { get; private set; }

    public void Read(StunMessage message, in ControlMessage source, AnnouncementNotes notes)
    {
        IsTurn |= message.IsMicrosoft || StunSide.IsTurn(message);
        switch (message.Class)
        {
            case StunClass.Request:
                ReadRequest(message, source, notes);
                break;
            case StunClass.Indication when message.Method == StunMethod.Send:
                ReadSend(message, source, notes);
                break;
            case StunClass.SuccessResponse:
                ReadSuccess(message, source, notes);
                break;
            case StunClass.ErrorResponse when message.Method is StunMethod.Allocate or StunMethod.Binding:
                ReadRedirection(message, source, notes);
                break;
        }
    }

    public void Clear()
    {
        _requests?.Clear();
        _peers?.Clear();
        _relayed?.Clear();
        (_relayTransport, _lifetimeNs, IsTurn) = (default, DefaultLifetimeNs, false);
    }

    private void ReadRequest(StunMessage message, in ControlMessage source, AnnouncementNotes notes)
    {
        var (isMicrosoft, method) = (message.IsMicrosoft, message.Method);
        if (isMicrosoft && method == StunMethod.MicrosoftSend)
            ReadSend(message, source, notes);
        else if (!isMicrosoft && method == StunMethod.Connect && TryReadPeer(message, out var peer))
            AnnouncePeer(peer, IpProtocol.Tcp, FiveMinutesNs, source.Receiver, source, notes);
        else if (isMicrosoft
            ? method == StunMethod.MicrosoftSetActiveDestination
            : method is StunMethod.Allocate or StunMethod.ChannelBind)
            (_requests ??= new TurnRequests()).Add(message.TransactionId,
                TryReadPeer(message, out peer) ? peer : default, TransportOf(message));
    }

    private void ReadSend(StunMessage message, in ControlMessage source, AnnouncementNotes notes)
    {
        if (TryReadPeer(message, out var peer))
            AnnouncePeer(peer, TransportToPeers(message, source), FiveMinutesNs, source.Receiver, source, notes);
    }

    private void ReadSuccess(StunMessage message, in ControlMessage source, AnnouncementNotes notes)
    {
        switch (message.Method)
        {
            case StunMethod.Binding:
                AnnounceClient(message, source, notes);
                break;
            case StunMethod.Allocate:
                ReadAllocation(message, source, notes);
                break;
            case StunMethod.Refresh when !message.IsMicrosoft:
                AnnounceRelayed(LifetimeOf(message), notes);
                break;
            case StunMethod.MicrosoftSetActiveDestination when message.IsMicrosoft:
                ReadPeerGranted(message, _lifetimeNs, source, notes);
                break;
            case StunMethod.ChannelBind:
                ReadPeerGranted(message, DefaultLifetimeNs, source, notes);
                break;
            case StunMethod.ConnectionBind:
                // From here on the connection carries a peer's data (RFC 6062 §4.4).
                notes.End();
                break;
        }
    }

    private void ReadAllocation(StunMessage message, in ControlMessage source, AnnouncementNotes notes)
    {
        // A conversation has one allocation (RFC 8656 §3.2): the response replaces any earlier one.
        _relayed ??= [];
        _relayed.Clear();
        _relayTransport = TransportToPeers(message, source);
        if (_requests is not null && _requests.TryTake(message.TransactionId, out _, out var asked)
            && asked == IpProtocol.Tcp)
            _relayTransport = asked;
        var attributes = message.Attributes;
        while (_relayed.Count < MaximumRelayed && attributes.TryNext(out var type, out var value))
        {
            if (TryReadRelayed(message, type, value, out var end) && !_relayed.Contains(end))
                _relayed.Add(end);
        }

        var lifetimeNs = LifetimeOf(message);
        AnnounceRelayed(lifetimeNs, notes);
        if (lifetimeNs > 0)
            AnnounceClient(message, source, notes);
    }

    private static bool TryReadRelayed(StunMessage message, ushort type, ReadOnlySpan<byte> value, out Endpoint end)
    {
        end = default;
        IpAddress address = default;
        ushort port = 0;
        var isRelayed = message.IsMicrosoft
            ? type is StunAttributeType.MappedAddress or StunAttributeType.MicrosoftAlternateMappedAddress
                && StunAddress.TryRead(value, out address, out port)
            : type == StunAttributeType.XorRelayedAddress
                && StunAddress.TryReadXored(value, message.TransactionId, out address, out port);
        end = new Endpoint(address, port);
        return isRelayed;
    }

    private void AnnounceRelayed(long lifetimeNs, AnnouncementNotes notes)
    {
        foreach (var end in _relayed ?? [])
        {
            if (lifetimeNs == 0)
                notes.Withdraw(end, _relayTransport);
            else
                notes.Announce(new AnnouncementDraft(end, _relayTransport,
                    For: null)
                { Service = "relay", IsCandidate = true, IsRenewal = true, LifetimeNs = lifetimeNs });
        }

        if (lifetimeNs == 0)
            _relayed?.Clear();
        else
            _lifetimeNs = lifetimeNs;
    }

    /// <summary>A translated TCP connection is useless to others; a UDP port is not.</summary>
    private static void AnnounceClient(StunMessage message, in ControlMessage source, AnnouncementNotes notes)
    {
        if (source.IsStream || !TryReadMapped(message, out var mapped))
            return;
        notes.Announce(Candidate(mapped, "reflexive"));
        if (mapped != source.Receiver)
            notes.Announce(Candidate(source.Receiver, "host"));
    }

    private static AnnouncementDraft Candidate(Endpoint end, string kind) =>
        new(end, IpProtocol.Udp,
            For: null)
        { Service = kind, IsCandidate = true, IsRenewal = true, LifetimeNs = FiveMinutesNs };

    private void ReadPeerGranted(StunMessage message, long lifetimeNs, in ControlMessage source,
        AnnouncementNotes notes)
    {
        if (_requests is not null && _requests.TryTake(message.TransactionId, out var peer, out _))
            AnnouncePeer(peer, TransportToPeers(message, source), lifetimeNs, source.Sender, source, notes);
    }

    private void AnnouncePeer(Endpoint peer, IpProtocol transport, long lifetimeNs, Endpoint server,
        in ControlMessage source, AnnouncementNotes notes)
    {
        _peers ??= new TurnPeers();
        if (!_peers.IsDue(peer, source.TimestampNs, lifetimeNs))
            return;
        IpAddress? relay = server.Address.IsIpv4 == peer.Address.IsIpv4 ? server.Address : null;
        foreach (var end in _relayed ?? [])
        {
            if (end.Address.IsIpv4 == peer.Address.IsIpv4)
                relay = end.Address;
        }

        notes.Announce(new AnnouncementDraft(peer, transport,
            relay)
        { Service = "relay-peer", IsCandidate = true, IsRenewal = true, LifetimeNs = lifetimeNs });
    }

    /// <summary>Redirection to another server (RFC 8489 §10).</summary>
    private void ReadRedirection(StunMessage message, in ControlMessage source, AnnouncementNotes notes)
    {
        if (!message.TryFind(message.IsMicrosoft
            ? StunAttributeType.MicrosoftAlternateServer
            : StunAttributeType.AlternateServer, out var value)
            || !StunAddress.TryRead(value, out var address, out var port))
            return;
        notes.Announce(new AnnouncementDraft(new Endpoint(address, port), source.Transport, source.Receiver.Address)
        {
            Protocol = protocol,
            Service = message.Method == StunMethod.Allocate ? "turn" : null,
            IsRenewal = true,
            LifetimeNs = FiveMinutesNs,
        });
    }

    /// <summary>Microsoft's server relays TCP to peers over TCP; others relay to UDP unless TCP was requested (RFC 8656
    /// §7.2, RFC 6062 §4.1).</summary>
    private IpProtocol TransportToPeers(StunMessage message, in ControlMessage source)
    {
        if (_relayed is { Count: > 0 })
            return _relayTransport;
        return message.IsMicrosoft ? source.Transport : IpProtocol.Udp;
    }

    private static IpProtocol TransportOf(StunMessage request) =>
        request.TryFind(StunAttributeType.RequestedTransport, out var value) && value.Length > 0
            ? new IpProtocol(value[0])
            : IpProtocol.Udp;

    private static bool TryReadPeer(StunMessage message, out Endpoint peer)
    {
        peer = default;
        IpAddress address;
        ushort port;
        var isRead = message.IsMicrosoft
            ? message.TryFind(StunAttributeType.DestinationAddress,
                out var value) & StunAddress.TryRead(value, out address, out port)
            : message.TryFind(StunAttributeType.XorPeerAddress,
                out value) & StunAddress.TryReadXored(value, message.TransactionId, out address, out port);
        peer = new Endpoint(address, port);
        return isRead;
    }

    private static bool TryReadMapped(StunMessage message, out Endpoint mapped)
    {
        IpAddress address;
        ushort port;
        var isRead = (message.TryFind(StunAttributeType.XorMappedAddress, out var value)
            || message.TryFind(StunAttributeType.MicrosoftXorMappedAddress, out value))
            & StunAddress.TryReadXored(value, message.TransactionId, out address, out port);
        if (!isRead && message.Method == StunMethod.Binding
            && message.TryFind(StunAttributeType.MappedAddress, out value))
            isRead = StunAddress.TryRead(value, out address, out port);
        mapped = new Endpoint(address, port);
        return isRead;
    }

    private static long LifetimeOf(StunMessage message) => message.TryFind(StunAttributeType.Lifetime, out var value)
        && value.Length == sizeof(uint)
        ? Math.Min(BinaryPrimitives.ReadUInt32BigEndian(value) * SecondNs, MaximumLifetimeNs)
        : DefaultLifetimeNs;
}
