using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Tpkt;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>Reads the H.245 address from H.323 call signalling (H.225.0 §7.3), unless tunnelled; does not read media
/// opened within call signalling (fast start, tunnelling). RAS announces nothing here.</summary>
internal sealed class H225PortTracker : IDynamicPortTracker
{
    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        if (!message.IsStream || !TpktStream.TryTake(message.Bytes, out var payload, out var length))
            return 0;
        if (Q931Message.TryParse(payload, out var call, out _)
            && CallSignal.TryFindControlAddress(call.UserInformation, out var control))
            notes.Announce(MediaPort.Of(ReportedAddress.Reached(control.Address, control.Port, message.Sender.Address),
                IpProtocol.Tcp, "h245", kind: null));
        return length;
    }

    /// <inheritdoc />
    public void Clear()
    {
    }
}
