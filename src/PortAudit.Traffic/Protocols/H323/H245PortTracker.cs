using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tpkt;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>Reads the ports of media that H.245 acknowledges for logical channels (H.245 §7.3.2). They hold until the
/// channel is closed.</summary>
internal sealed class H245PortTracker : IDynamicPortTracker
{
    private readonly AnnouncedEndpoints _ends = new();

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
    public void Clear() => _ends.Clear();

    /// <summary>Both ends number the channels that they open: who opens one also closes it, and the other end
    /// acknowledges it.</summary>
    private void Note(LogicalChannel channel, in ControlMessage message, AnnouncementNotes notes)
    {
        var isSenderLow = message.Sender.CompareTo(message.Receiver) < 0;
        var session = ((ulong)channel.Number << 1) | (isSenderLow == channel.IsClosed ? 0u : 1u);
        if (channel.IsClosed)
        {
            _ends.Withdraw(session, notes);
            return;
        }

        if (channel.Media is { } media)
            _ends.Announce(session, party: 0, MediaPort.Rtp(new Endpoint(media.Address, media.Port),
                kind: null), notes);
        if (channel.Control is { } control)
            _ends.Announce(session, party: 0, MediaPort.Rtcp(new Endpoint(control.Address, control.Port),
                kind: null), notes);
    }
}
