using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tftp;

/// <summary>Reads TFTP requests. The server answers from a new port to the request's source port (RFC 1350 §4): that
/// client endpoint is announced.</summary>
internal sealed class TftpPortTracker : IDynamicPortTracker
{
    /// <summary>How long the answer may take, in nanoseconds: clients repeat the request after seconds and then give up
    /// (RFC 1123 §4.2.3.2).</summary>
    private const long LifetimeNs = 60_000_000_000;

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        if (TftpPacket.TryParse(message.Bytes, out var packet, out _)
            && packet.Opcode is TftpOpcode.Read or TftpOpcode.Write)
            notes.Announce(new AnnouncementDraft(message.Sender, IpProtocol.Udp,
                message.Receiver.Address)
            { Protocol = "tftp", IsRenewal = true, LifetimeNs = LifetimeNs });
        else
            notes.End();
        return message.Bytes.Length;
    }

    /// <inheritdoc />
    public void Clear()
    {
    }
}
