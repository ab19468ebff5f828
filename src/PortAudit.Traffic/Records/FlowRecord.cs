using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>
/// A finished flow: both directions of one transport conversation as one capture point saw it. Holds no packet bytes.
/// "Out" is what the originator sent, "in" what it received.
/// </summary>
public sealed record FlowRecord
{
    /// <summary>Null where all of them are lacking.</summary>
    private readonly FlowExtras? _extras;

    /// <summary>What most flows lack.</summary>
    internal FlowExtras Extras
    {
        get => _extras ?? FlowExtras.None;
        init => _extras = value == FlowExtras.None ? null : value;
    }

    /// <summary><see cref="StreamOut"/> and <see cref="StreamIn"/>; null when both are all zero.</summary>
    internal StreamPair? Streams { get => _extras?.Streams; init => Extras = Extras with { Streams = value }; }

    /// <summary>Number of the flow: it depends on capture point, key and start only, so that it is the same in every
    /// run over the same packets.</summary>
    public required ulong Id { get; init; }

    /// <summary>Identifier of the flow in output, <see cref="Id"/> in hexadecimal, made at every call.</summary>
    public string FlowId => Id.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Name of the capture point that saw the flow; empty when the site names none.</summary>
    public required string CapturePoint { get; init; }

    /// <summary>Index of the capture file of the first packet.</summary>
    public required int Capture { get; init; }

    /// <summary>Time of the first packet, in nanoseconds since the Unix epoch.</summary>
    public required long StartNs { get; init; }

    /// <summary>Time of the last packet, in nanoseconds since the Unix epoch.</summary>
    public required long EndNs { get; init; }

    /// <summary>Decimal digits of a second that the capture of the first packet resolves.</summary>
    public required int TimestampDigits { get; init; }

    /// <summary>Transport protocol.</summary>
    public required IpProtocol Transport { get; init; }

    /// <summary>VLAN identifiers.</summary>
    public required VlanTags Vlan { get; init; }

    /// <summary>The end that opened the conversation. For ICMP its port is the type of the originator's
    /// messages.</summary>
    public required Endpoint Originator { get; init; }

    /// <summary>The other end. For ICMP its port is the code of the originator's messages.</summary>
    public required Endpoint Responder { get; init; }

    /// <summary>What the claim about the originator rests on.</summary>
    public required DirectionBasis DirectionBasis { get; init; }

    /// <summary>What became of the flow.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Whether what the originator sent came to the responder, as far as this flow alone tells.</summary>
    public Reach Reach => ReachText.Of(this);

    /// <summary>
    /// The address that stopped the flow with RST or ICMP: the responder's when <see cref="Outcome.Refused"/> (whether
    /// the host or a device in its name sent a reset is told by <see cref="Reset"/>), the sender's when
    /// <see cref="Outcome.Rejected"/> by ICMP; null otherwise, as for a reset that another device sent: its own address
    /// is unknown.
    /// </summary>
    public IpAddress? StoppedBy { get => _extras?.StoppedBy; init => Extras = Extras with { StoppedBy = value }; }

    /// <summary>How it was stopped, in words a firewall owner uses, for example <c>ICMP 3/13 communication
    /// administratively prohibited</c>, <c>SCTP ABORT</c> or <c>TCP RST with the host's usual TTL 63</c>; null when it
    /// was not, or silently.</summary>
    public string? StoppedHow { get => _extras?.StoppedHow; init => Extras = Extras with { StoppedHow = value }; }

    /// <summary>Why the ICMP error that stopped it says that packets do not arrive, whoever sent it.</summary>
    public IcmpReason IcmpReason
    {
        get => _extras?.IcmpReason ?? IcmpReason.None; init => Extras = Extras with { IcmpReason = value };
    }

    /// <summary>The TCP reset that stopped the attempt, or that ended the connection before both sides had finished it;
    /// null without one.</summary>
    public FlowReset? Reset { get => _extras?.Reset; init => Extras = Extras with { Reset = value }; }

    /// <summary>
    /// From the originator's first packet to the responder's first, whatever that says: of TCP from the first SYN,
    /// retries included, and none where the handshake lies before the capture; of datagrams from the first one seen.
    /// None where nothing came back, or the responder was seen first.
    /// </summary>
    public AnswerDelay Answer { get; init; }

    /// <summary>True when the responder accepted the conversation and another device's reset cut it off.</summary>
    public bool WasCutOff =>
        Reset is { Origin: ResetOrigin.AnotherDevice } && (Outcome.Passed() || Outcome == Outcome.HalfOpen);

    /// <summary>History in Zeek's letters: upper case from the originator, lower case from the responder (<c>S</c> SYN,
    /// <c>H</c> SYN+ACK, <c>A</c> ACK, <c>D</c> data, <c>F</c> FIN, <c>R</c> RST, <c>T</c> retransmission,
    /// <c>I</c> flags of no connection …; <c>^</c> direction was flipped).</summary>
    public required string History { get; init; }

    /// <summary>What the originator sent.</summary>
    public required DirectionCounters Out { get; init; }

    /// <summary>What the responder sent.</summary>
    public required DirectionCounters In { get; init; }

    /// <summary>What of the originator's TCP stream did not come once and in order.</summary>
    public StreamCounters StreamOut
    {
        get => Streams?.Out ?? default; init => Streams = StreamPair.Of(value, StreamIn);
    }

    /// <summary>What of the responder's TCP stream did not come once and in order.</summary>
    public StreamCounters StreamIn { get => Streams?.In ?? default; init => Streams = StreamPair.Of(StreamOut, value); }

    /// <summary>
    /// Packets of both directions that repeat another record of themselves, as a mirror port or a capture on several
    /// interfaces makes them. They are in <see cref="Out"/> and <see cref="In"/> unless duplicates are dropped, and in
    /// nothing else.
    /// </summary>
    public long Duplicates { get => _extras?.Duplicates ?? 0; init => Extras = Extras with { Duplicates = value }; }

    /// <summary>TCP SYN segments of the originator, retries included; 0 for other protocols.</summary>
    public int SynCount { get; init; }

    /// <summary>Registry name of the application protocol, null when unknown.</summary>
    public string? Protocol { get; init; }

    /// <summary>What <see cref="Protocol"/> rests on.</summary>
    public IdentificationBasis ProtocolBasis { get; init; }

    /// <summary>Finer name, or what is inside TLS; null when unknown.</summary>
    public string? Service { get => _extras?.Service; init => Extras = Extras with { Service = value }; }

    /// <summary>What <see cref="Service"/> rests on.</summary>
    public IdentificationBasis ServiceBasis
    {
        get => _extras?.ServiceBasis ?? IdentificationBasis.None;
        init => Extras = Extras with { ServiceBasis = value };
    }

    /// <summary>
    /// True for a flow of nothing but the connectivity checks of ICE (RFC 8445 §7): whether its end can be reached was
    /// the question, so that no answer is an answer.
    /// </summary>
    public bool IsIceCheck => Service == IceService.Name && ServiceBasis == IdentificationBasis.Payload;

    /// <summary>What announced the flow's port, by the best grade; null when nothing did.</summary>
    public AnnouncementMatch? Announcement
    {
        get => _extras?.Announcement; init => Extras = Extras with { Announcement = value };
    }

    /// <summary>
    /// Registry name of the protocol with which the conversation began, before it went over to <see cref="Protocol"/>:
    /// by STARTTLS, through a proxy, or after the checks of ICE. Bytes proved it. Null when it is one protocol all
    /// along.
    /// </summary>
    public string? StartedAs { get => _extras?.StartedAs; init => Extras = Extras with { StartedAs = value }; }

    /// <summary>What a TLS handshake showed; null when the flow is not TLS or its handshake was not seen.</summary>
    public TlsHandshake? Tls { get => _extras?.Tls; init => Extras = Extras with { Tls = value }; }

    /// <summary>
    /// The answer by which a conversation that came about was refused all the same, perhaps by a proxy in the server's
    /// place; null when it was not, or not seen. That of HTTP is read with names.
    /// </summary>
    public Refusal? Refusal { get => _extras?.Refusal; init => Extras = Extras with { Refusal = value }; }

    /// <summary>How a client proved who it is, where the way should not be used any more; null when nothing of the kind
    /// was seen.</summary>
    public CredentialSighting? Credentials
    {
        get => _extras?.Credentials; init => Extras = Extras with { Credentials = value };
    }

    /// <summary>The frame whose bytes named <see cref="Protocol"/>; null unless the basis is payload or
    /// handshake.</summary>
    public FrameReference? ProtocolFrame { get; init; }

    /// <summary>The frame that stopped the flow: the first ICMP error that quotes a packet of the originator and stops
    /// it, or the reset by which another device cut it off; null without one.</summary>
    public FrameReference? OutcomeFrame
    {
        get => _extras?.OutcomeFrame; init => Extras = Extras with { OutcomeFrame = value };
    }

    /// <summary>True when <see cref="OutcomeFrame"/> is an ICMP error: those about the flow are among its proving
    /// frames.</summary>
    public bool HasIcmpError => OutcomeFrame is not null && !WasCutOff;

    /// <summary>True for an ICMP error that quotes a packet of a flow seen at the same capture point.</summary>
    public bool QuotesSeenFlow
    {
        get => _extras?.QuotesSeenFlow ?? false; init => Extras = Extras with { QuotesSeenFlow = value };
    }

    /// <summary>Number of TCP or UDP headers outside this flow's own in its frames.</summary>
    public int Level { get; init; }

    /// <summary>The encapsulations around the flow, outermost first; null when there is none.</summary>
    public string? Tunnel { get => _extras?.Tunnel; init => Extras = Extras with { Tunnel = value }; }

    /// <summary><see cref="Id"/> of the flow that carries this one; 0 when none does.</summary>
    public ulong ParentId { get => _extras?.ParentId ?? 0; init => Extras = Extras with { ParentId = value }; }

    /// <summary>Index of its capture point in the observation that made the record.</summary>
    internal ushort PointIndex { get; init; }

    /// <summary>Number of its tunnel in the observation that made the record.</summary>
    internal ushort TunnelNumber { get; init; }

    /// <summary>TCP: a segment that was sent several times and never acknowledged; null without one.</summary>
    public LostData? LostData { get => _extras?.LostData; init => Extras = Extras with { LostData = value }; }

    /// <summary>TCP: how the connection failed when it was used again after a long silence; null when it did
    /// not.</summary>
    public SessionLoss? SessionLoss
    {
        get => _extras?.SessionLoss; init => Extras = Extras with { SessionLoss = value };
    }

    /// <summary>True when fragments are among its packets.</summary>
    public bool IsFragmented
    {
        get => _extras?.IsFragmented ?? false; init => Extras = Extras with { IsFragmented = value };
    }

    /// <summary>True for a DHCP server's echo request to an address that it offered then (RFC 2131 §3.1).</summary>
    public bool IsOfferProbe
    {
        get => _extras?.IsOfferProbe ?? false; init => Extras = Extras with { IsOfferProbe = value };
    }

    /// <summary>Datagrams of which no more than the first fragment was seen; null without any.</summary>
    public FragmentLoss? FragmentLoss
    {
        get => _extras?.FragmentLoss; init => Extras = Extras with { FragmentLoss = value };
    }

    /// <summary>What is compared with other capture points; null unless it was asked for
    /// (<see cref="PortAudit.Traffic.Observation.ObserverOptions.TraceFlows"/>).</summary>
    public FlowTrace? Trace { get => _extras?.Trace; init => Extras = Extras with { Trace = value }; }

    /// <summary>
    /// Where the request went that this flow answers from another endpoint: a group, as that of DHCP, or another port
    /// of the responder, as in SIP. Null for a flow that is no such answer.
    /// </summary>
    public Endpoint? RequestedAt { get => _extras?.RequestedAt; init => Extras = Extras with { RequestedAt = value }; }

    /// <summary>
    /// Registry name of the protocol that the client's first bytes asked for and the server did not accept: what it
    /// sent is something else, and <see cref="Protocol"/> then rests on its bytes alone; or it says that the port wants
    /// TLS. Null otherwise.
    /// </summary>
    public string? Declined { get => _extras?.Declined; init => Extras = Extras with { Declined = value }; }

    /// <summary>The first proving frames, kept while they passed; empty when they can be fetched from the file
    /// again.</summary>
    public ImmutableArray<FrameReference> Frames
    {
        get => Extras.Frames; init => Extras = Extras with { Frames = value.IsDefaultOrEmpty ? [] : value };
    }

    /// <summary>What a connection of SMB or RPC was used for, each once, in the order in which it was seen; empty for
    /// other flows, and where encryption hides it.</summary>
    public ImmutableArray<CarriedUse> Carried
    {
        get => Extras.Carried; init => Extras = Extras with { Carried = value.IsDefaultOrEmpty ? [] : value };
    }

    /// <summary>What the names that a flow of DNS asked for can carry, by domain; empty for other flows and ordinary
    /// names.</summary>
    public ImmutableArray<CarriedNames> CarriedNames
    {
        get => Extras.CarriedNames;
        init => Extras = Extras with { CarriedNames = value.IsDefaultOrEmpty ? [] : value };
    }
}
