using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>Reads ports from STUN and TURN in datagrams and streams (RFC 8489 §6.2, RFC 8656 §12, [MS-TURN] 2.1);
/// <see cref="TurnSession"/> says which. ICE checks (RFC 8445 §7) announce nothing, and peers that send them use no
/// TURN on the same ports: the first check ends reading, as most STUN conversations are checks.</summary>
/// <param name="protocol">Registry name of the protocol.</param>
/// <param name="isMicrosoft">True for Microsoft's TURN, with its own frames over TCP.</param>
internal sealed class StunPortTracker(string protocol, bool isMicrosoft) : IDynamicPortTracker
{
    private readonly TurnSession _session = new(protocol);

    /// <inheritdoc />
    public int Read(in ControlMessage message, AnnouncementNotes notes)
    {
        if (message.IsStream)
            return ReadStream(message, notes);
        ReadDatagram(message, notes);
        return message.Bytes.Length;
    }

    /// <inheritdoc />
    public void Clear() => _session.Clear();

    /// <summary>After STUN without TURN, other datagrams are media or DTLS and end STUN; with TURN they are peer
    /// data.</summary>
    private void ReadDatagram(in ControlMessage message, AnnouncementNotes notes)
    {
        if (StunMessage.TryParse(message.Bytes, out var stun, out _)
            && (stun.HasCookie || stun.IsMicrosoft || stun.IsClassic))
            ReadMessage(stun, message, notes);
        else if (!_session.IsTurn && !ChannelData.TryParse(message.Bytes, out _, out _))
            notes.End();
    }

    /// <summary>If no message begins here, for example after a gap, the next segment may begin with one.</summary>
    private int ReadStream(in ControlMessage message, AnnouncementNotes notes)
    {
        var rest = message.Bytes;
        while (!notes.IsOver)
        {
            if (!TurnFrame.TryParse(rest, isMicrosoft, out var frame, out var error))
            {
                if (error == ParseError.Incomplete)
                    break;
                if (!_session.IsTurn && !message.IsAfterGap)
                    notes.End();
                return message.Bytes.Length;
            }

            if (StunMessage.TryParse(frame.Message, out var stun, out _))
                ReadMessage(stun, message, notes);
            if (frame.Length >= rest.Length)
                return message.Bytes.Length - rest.Length + frame.Length;
            rest = rest[frame.Length..];
        }

        return message.Bytes.Length - rest.Length;
    }

    private void ReadMessage(StunMessage stun, in ControlMessage message, AnnouncementNotes notes)
    {
        if (IceCheck.IsOfPeers(stun) && !_session.IsTurn)
            notes.End();
        else
            _session.Read(stun, message, notes);
    }
}
