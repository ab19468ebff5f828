using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tpkt;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>Reads the media ports acknowledged for H.245 logical channels (H.245 §7.3.2), valid until the channel is
/// closed.</summary>
internal sealed class H245PortTracker : IDynamicPortTracker
{
    private readonly AnnouncedEndpoints _endpoints = new();

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        if (!TpktStream.TryTake(message.Bytes, out var payload, out var length))
            return 0;
        if (LogicalChannel.TryParse(payload, out var channel))
            Note(channel, message, notes);
        return length;
    }

    /// <inheritdoc />
    public void Clear() => _endpoints.Clear();

    /// <summary>Each side numbers the channels that it opens: the opener also closes, the other side
    /// acknowledges.</summary>
    private void Note(LogicalChannel channel, in ControlMessage message, AnnouncementNotes notes)
    {
        var isSenderLow = message.Sender.CompareTo(message.Receiver) < 0;
        var session = ((ulong)channel.Number << 1) | (isSenderLow == channel.IsClosed ? 0u : 1u);
        if (channel.IsClosed)
        {
            _endpoints.Withdraw(session, notes);
            return;
        }

        if (channel.Media is { } media)
            _endpoints.Announce(session, party: 0, MediaPort.Rtp(new Endpoint(media.Address, media.Port),
                kind: null), notes);
        if (channel.Control is { } control)
            _endpoints.Announce(session, party: 0, MediaPort.Rtcp(new Endpoint(control.Address, control.Port),
                kind: null), notes);
    }
}
