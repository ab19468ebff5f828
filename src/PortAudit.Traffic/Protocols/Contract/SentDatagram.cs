using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>The one datagram that a conversation over UDP, or message over ICMP, shows, with who sent it and what went
/// before.</summary>
internal ref struct SentDatagram
{
    /// <summary>True for a datagram with payload; false for TCP and for an empty one. Its view is made where it is to
    /// stand, as that of the conversation is.</summary>
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

    /// <summary>True when the presumed originator sent it.</summary>
    public bool IsFromOriginator { get; private set; }

    /// <summary>Its bytes as far as they were captured.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>False when the capture cut it.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>What went before.</summary>
    public DatagramHistory Earlier { get; private set; }

    /// <summary>The end that sent it.</summary>
    public readonly ClientSide Sender => IsFromOriginator ? ClientSide.Originator : ClientSide.Responder;

    /// <summary>The end that it was sent to.</summary>
    public readonly ClientSide Receiver => IsFromOriginator ? ClientSide.Responder : ClientSide.Originator;

    /// <summary>True when a message of <paramref name="length"/> bytes fills the datagram, as far as a cut one can show
    /// it.</summary>
    public readonly bool IsFilledBy(long length) => IsWhole ? length == Payload.Length : length >= Payload.Length;

    /// <summary>True when a message of <paramref name="length"/> bytes is in the datagram, perhaps with something
    /// behind it.</summary>
    public readonly bool Holds(long length) => !IsWhole || length <= Payload.Length;

    /// <summary>True when the two ends sent this and <paramref name="other"/>, one each.</summary>
    public readonly bool IsOpposedTo(EarlierDatagram other) => other.IsFromOriginator != IsFromOriginator;
}
