using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Protocols.Sdp;

namespace PortAudit.Traffic.Protocols.Mgcp;

/// <summary>Reads media ports from MGCP (RFC 3435): a command describes the remote side of a connection (§2.3.5), its
/// response the gateway's own. Valid until <c>DLCX</c>, or a new description of the connection.</summary>
internal sealed class MgcpPortTracker : IDynamicPortTracker
{
    /// <summary>Messages read per datagram.</summary>
    private const int MaximumMessages = 32;

    /// <summary>Pending commands; the oldest is dropped.</summary>
    private const int MaximumPending = 64;

    private readonly AnnouncedEndpoints _endpoints = new();
    private readonly (ulong Transaction, ulong Endpoint, ulong Call)[] _pending =
        new (ulong, ulong, ulong)[MaximumPending];
    private readonly SdpAnnouncer _announcer;
    private int _next;

    public MgcpPortTracker() => _announcer = new SdpAnnouncer(_endpoints);

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        var rest = message.Bytes;
        for (var i = 0; i < MaximumMessages && !rest.IsEmpty; i++)
        {
            if (!MgcpMessage.TryParse(MgcpMessage.Take(ref rest), out var mgcp))
                continue;
            var isWhole = message.IsWhole || !rest.IsEmpty;
            if (mgcp.IsResponse)
                ReadResponse(mgcp, isWhole, notes);
            else
                ReadCommand(mgcp, isWhole, notes);
        }

        return message.Bytes.Length;
    }

    /// <inheritdoc />
    public void Clear()
    {
        _endpoints.Clear();
        Array.Clear(_pending);
        _next = 0;
    }

    private void ReadCommand(MgcpMessage mgcp, bool isWhole, AnnouncementNotes notes)
    {
        var endpoint = SessionKey.Of(mgcp.Endpoint);
        var call = mgcp.Parameter("C"u8) is { IsEmpty: false } identifier ? SessionKey.Of(identifier) : 0;
        if (Words.Same(mgcp.Verb, "DLCX"u8))
            Delete(endpoint, call, notes);
        else if (Words.Holds("CRCX MDCX"u8, mgcp.Verb))
        {
            _pending[_next] = (SessionKey.Of(mgcp.Transaction), endpoint, call);
            _next = (_next + 1) % MaximumPending;
            Announce(mgcp, endpoint, RemoteOf(call), isWhole, notes);
        }
    }

    private void ReadResponse(MgcpMessage mgcp, bool isWhole, AnnouncementNotes notes)
    {
        if (mgcp.Description.IsEmpty)
            return;
        var transaction = SessionKey.Of(mgcp.Transaction);
        var index = Array.FindLastIndex(_pending, command => command.Transaction == transaction);
        if (index >= 0)
            Announce(mgcp, _pending[index].Endpoint, LocalOf(_pending[index].Call), isWhole, notes);
    }

    /// <summary>Without a call, all connections of the endpoint are deleted (§2.3.9).</summary>
    private void Delete(ulong endpoint, ulong call, AnnouncementNotes notes)
    {
        if (call == 0)
        {
            _endpoints.Withdraw(endpoint, notes);
            return;
        }

        _endpoints.Withdraw(endpoint, LocalOf(call), notes);
        _endpoints.Withdraw(endpoint, RemoteOf(call), notes);
    }

    private void Announce(MgcpMessage mgcp, ulong endpoint, ulong party, bool isWhole, AnnouncementNotes notes)
    {
        if (mgcp.Description.IsEmpty)
            return;
        _endpoints.Begin(endpoint, party);
        var isHeld = _announcer.AnnounceMedia(mgcp.Description, isWhole, endpoint, party, notes);
        if (!isHeld && isWhole)
            _endpoints.Finish(endpoint, party, notes);
    }

    private static ulong LocalOf(ulong call) => SessionKey.With(call, "L"u8);

    private static ulong RemoteOf(ulong call) => SessionKey.With(call, "R"u8);
}
