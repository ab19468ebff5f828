using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>The bytes of a flow for name readers. TCP: the reassembled start of both streams, after any protocol before
/// a switch. UDP: the payload of one datagram.</summary>
internal readonly ref struct NamePayload
{
    public NamePayload(bool isStream, IpAddress originator, IpAddress responder, ReadOnlySpan<byte> fromOriginator,
        ReadOnlySpan<byte> fromResponder)
    {
        IsStream = isStream;
        Originator = originator;
        Responder = responder;
        FromOriginator = fromOriginator;
        FromResponder = fromResponder;
    }

    public bool IsStream { get; }

    /// <summary>Address of the presumed originator. This may be a guess: prefer what messages say.</summary>
    public IpAddress Originator { get; }

    public IpAddress Responder { get; }

    public ReadOnlySpan<byte> FromOriginator { get; }

    public ReadOnlySpan<byte> FromResponder { get; }

    /// <summary>The datagram, from either side.</summary>
    public ReadOnlySpan<byte> Datagram => FromOriginator.IsEmpty ? FromResponder : FromOriginator;

    /// <summary>Sender of the datagram.</summary>
    public IpAddress Sender => FromOriginator.IsEmpty ? Responder : Originator;
}
