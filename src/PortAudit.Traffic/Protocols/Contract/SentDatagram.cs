using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>The datagram of a conversation over UDP, or ICMP message, with its sender and earlier ones.</summary>
internal ref struct SentDatagram
{
    /// <summary>True for a nonempty datagram; false for TCP. Fills the view in place, as copying a large one stalls the
    /// processor.</summary>
    public static bool TryTake(in Conversation conversation, out SentDatagram datagram)
    {
        datagram = default;
        if (conversation.Transport == IpProtocol.Tcp)
            return false;
        datagram.IsFromOriginator = !conversation.FromOriginator.IsEmpty;
        datagram.Payload = datagram.IsFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        datagram.IsWhole = conversation.IsWhole;
        datagram.Earlier = conversation.Earlier;
        return !datagram.Payload.IsEmpty;
    }

    public bool IsFromOriginator { get; private set; }

    /// <summary>Its captured bytes.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    public bool IsWhole { get; private set; }

    public DatagramHistory Earlier { get; private set; }

    public readonly ClientSide Sender => IsFromOriginator ? ClientSide.Originator : ClientSide.Responder;

    public readonly ClientSide Receiver => IsFromOriginator ? ClientSide.Responder : ClientSide.Originator;

    /// <summary>True when a message of <paramref name="length"/> bytes fills the datagram, or may fill it if it is
    /// cut.</summary>
    public readonly bool IsFilledBy(long length) => IsWhole ? length == Payload.Length : length >= Payload.Length;

    /// <summary>True when a message of <paramref name="length"/> bytes fits in the datagram, or may fit if it is
    /// cut.</summary>
    public readonly bool Holds(long length) => !IsWhole || length <= Payload.Length;

    /// <summary>True when this and <paramref name="other"/> have different senders.</summary>
    public readonly bool IsOpposedTo(EarlierDatagram other) => other.IsFromOriginator != IsFromOriginator;
}
