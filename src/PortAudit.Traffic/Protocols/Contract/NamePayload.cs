using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>
/// The bytes of a flow in which a reader looks for names. For TCP: the reassembled start of the stream of each
/// direction, behind what a connection began with before it went over to the reader's protocol. For UDP: the payload of
/// one datagram, in the direction in which it went.
/// </summary>
internal readonly ref struct NamePayload
{
    /// <summary>Makes the view.</summary>
    public NamePayload(bool isStream, IpAddress originator, IpAddress responder, ReadOnlySpan<byte> fromOriginator,
        ReadOnlySpan<byte> fromResponder)
    {
        IsStream = isStream;
        Originator = originator;
        Responder = responder;
        FromOriginator = fromOriginator;
        FromResponder = fromResponder;
    }

    /// <summary>True for TCP.</summary>
    public bool IsStream { get; }

    /// <summary>Address of the presumed originator. Who that is may be a guess: the messages say who speaks.</summary>
    public IpAddress Originator { get; }

    /// <summary>Address of the presumed responder.</summary>
    public IpAddress Responder { get; }

    /// <summary>What the presumed originator sent.</summary>
    public ReadOnlySpan<byte> FromOriginator { get; }

    /// <summary>What the presumed responder sent.</summary>
    public ReadOnlySpan<byte> FromResponder { get; }

    /// <summary>The datagram, whoever sent it.</summary>
    public ReadOnlySpan<byte> Datagram => FromOriginator.IsEmpty ? FromResponder : FromOriginator;

    /// <summary>Who sent the datagram.</summary>
    public IpAddress Sender => FromOriginator.IsEmpty ? Responder : Originator;
}
