using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>A finished flow: both directions of one transport conversation, as seen by one capture point. Holds no
/// packet bytes. "Out" is what the originator sent, "In" what it received.</summary>
public sealed record FlowRecord
{
    /// <summary>Null when all have default values.</summary>
    private readonly FlowExtras? _extras;

    internal FlowExtras Extras
    {
        get => _extras ?? FlowExtras.None;
        init => _extras = value == FlowExtras.None ? null : value;
    }

    /// <summary><see cref="StreamOut"/> and <see cref="StreamIn"/>; null when both are all zero.</summary>
    internal StreamPair? Streams { get => _extras?.Streams; init => Extras = Extras with { Streams = value }; }

    /// <summary>Number of the flow, derived from capture point, key and start only: the same in every run over the same
    /// packets.</summary>
    public required ulong Id { get; init; }

    /// <summary><see cref="Id"/> in hexadecimal, as in output. Allocates at every call.</summary>
    public string FlowId => Id.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Flows that it stands for: 1, or more where a store counted alike ones together
    /// (<see cref="FlowLikeness"/>). <see cref="Out"/> and <see cref="In"/> are then their sums,
    /// <see cref="StartNs"/> and <see cref="EndNs"/> the first start and the last end, and all else is of one of
    /// them.</summary>
    public long Count { get => _extras?.Count ?? 1; init => Extras = Extras with { Count = value }; }

    /// <summary>Name of the capture point; empty when the site defines none.</summary>
    public required string CapturePoint { get; init; }

    /// <summary>Index of the capture file of the first packet.</summary>
    public required int Capture { get; init; }

    /// <summary>Time of the first packet, in nanoseconds since the Unix epoch.</summary>
    public required long StartNs { get; init; }

    /// <summary>Time of the last packet, in nanoseconds since the Unix epoch.</summary>
    public required long EndNs { get; init; }

    /// <summary>Decimal digits of a second in the timestamps of the first packet's capture.</summary>
    public required int TimestampDigits { get; init; }

    /// <summary>Transport protocol.</summary>
    public required IpProtocol Transport { get; init; }

    /// <summary>VLAN identifiers.</summary>
    public required VlanTags Vlan { get; init; }

    /// <summary>The endpoint that opened the conversation. For ICMP its port is the type of the originator's
    /// messages.</summary>
    public required Endpoint Originator { get; init; }

    /// <summary>The other endpoint. For ICMP its port is the code of the originator's messages.</summary>
    public required Endpoint Responder { get; init; }

    /// <summary>How the originator was determined.</summary>
    public required DirectionBasis DirectionBasis { get; init; }

    /// <summary>Outcome of the flow.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Whether the originator's packets reached the responder, judged by this flow alone.</summary>
    public Reach Reach => ReachText.Of(this);

    /// <summary>The address that stopped the flow by RST or ICMP: the responder's when <see cref="Outcome.Refused"/>
    /// (<see cref="Reset"/> says whether the host itself or a device in its name sent it), the sender's when
    /// <see cref="Outcome.Rejected"/> by ICMP; null otherwise, also for a reset by another device, whose own address is
    /// unknown.</summary>
    public IpAddress? StoppedBy { get => _extras?.StoppedBy; init => Extras = Extras with { StoppedBy = value }; }

    /// <summary>How it was stopped, for example <c>ICMP 3/13 communication administratively prohibited</c>, <c>SCTP
    /// ABORT</c> or <c>TCP RST with the host's usual TTL 63</c>; null when it was not, or silently.</summary>
    public string? StoppedHow { get => _extras?.StoppedHow; init => Extras = Extras with { StoppedHow = value }; }

    /// <summary>Reason in the ICMP error that stopped it, whoever sent it.</summary>
    public IcmpReason IcmpReason
    {
        get => _extras?.IcmpReason ?? IcmpReason.None; init => Extras = Extras with { IcmpReason = value };
    }

    /// <summary>The TCP reset that stopped the attempt, or ended the connection before both sides had closed; null
    /// without one.</summary>
    public FlowReset? Reset { get => _extras?.Reset; init => Extras = Extras with { Reset = value }; }

    /// <summary>From the originator's first packet to the responder's first of any kind. TCP: from the first SYN,
    /// retries included; none when the handshake is not in the capture. Datagrams: from the first one seen. None
    /// without a response, or when the responder was seen first.</summary>
    public AnswerDelay Answer { get; init; }

    /// <summary>True when the responder accepted the conversation and another device's reset ended it.</summary>
    public bool WasCutOff =>
        Reset is { Origin: ResetOrigin.AnotherDevice } && (Outcome.Passed() || Outcome == Outcome.HalfOpen);

    /// <summary>History in Zeek's letters: upper case from the originator, lower case from the responder (<c>S</c> SYN,
    /// <c>H</c> SYN+ACK, <c>A</c> ACK, <c>D</c> data, <c>F</c> FIN, <c>R</c> RST, <c>T</c> retransmission, <c>I</c>
    /// invalid flags …; <c>^</c> direction was flipped).</summary>
    public required string History { get; init; }

    /// <summary>What the originator sent.</summary>
    public required DirectionCounters Out { get; init; }

    /// <summary>What the responder sent.</summary>
    public required DirectionCounters In { get; init; }

    /// <summary>Loss, reordering and retransmission in the originator's TCP stream.</summary>
    public StreamCounters StreamOut
    {
        get => Streams?.Out ?? default; init => Streams = StreamPair.Of(value, StreamIn);
    }

    /// <summary>The same for the responder's TCP stream.</summary>
    public StreamCounters StreamIn { get => Streams?.In ?? default; init => Streams = StreamPair.Of(StreamOut, value); }

    /// <summary>Packets of both directions recorded twice, by a mirror port or a capture on several interfaces.
    /// Included in <see cref="Out"/> and <see cref="In"/> unless duplicates are dropped, and nowhere else.</summary>
    public long Duplicates { get => _extras?.Duplicates ?? 0; init => Extras = Extras with { Duplicates = value }; }

    /// <summary>TCP SYN segments of the originator, including retries; 0 for other protocols.</summary>
    public int SynCount { get; init; }

    /// <summary>Registry name of the application protocol; null when unknown.</summary>
    public string? Protocol { get; init; }

    /// <summary>Basis of <see cref="Protocol"/>.</summary>
    public IdentificationBasis ProtocolBasis { get; init; }

    /// <summary>Specific service, or what is inside TLS; null when unknown.</summary>
    public string? Service { get => _extras?.Service; init => Extras = Extras with { Service = value }; }

    /// <summary>Basis of <see cref="Service"/>.</summary>
    public IdentificationBasis ServiceBasis
    {
        get => _extras?.ServiceBasis ?? IdentificationBasis.None;
        init => Extras = Extras with { ServiceBasis = value };
    }

    /// <summary>True for a flow of ICE connectivity checks only (RFC 8445 §7): they test whether an endpoint can be
    /// reached, so no answer is a result, too.</summary>
    public bool IsIceCheck => Service == IceService.Name && ServiceBasis == IdentificationBasis.Payload;

    /// <summary>The best announcement of the flow's port; null without one.</summary>
    public AnnouncementMatch? Announcement
    {
        get => _extras?.Announcement; init => Extras = Extras with { Announcement = value };
    }

    /// <summary>Registry name of the protocol before a switch to <see cref="Protocol"/>, by STARTTLS, through a proxy,
    /// or after ICE checks; proved by payload. Null without a switch.</summary>
    public string? StartedAs { get => _extras?.StartedAs; init => Extras = Extras with { StartedAs = value }; }

    /// <summary>What a TLS handshake showed; null when the flow is not TLS or its handshake was not seen.</summary>
    public TlsHandshake? Tls { get => _extras?.Tls; init => Extras = Extras with { Tls = value }; }

    /// <summary>The response that refused an established conversation, perhaps by a proxy on the server's behalf; null
    /// without one. For HTTP it is read together with names.</summary>
    public Refusal? Refusal { get => _extras?.Refusal; init => Extras = Extras with { Refusal = value }; }

    /// <summary>Insecure authentication by the client; null without.</summary>
    public CredentialSighting? Credentials
    {
        get => _extras?.Credentials; init => Extras = Extras with { Credentials = value };
    }

    /// <summary>The frame that identified <see cref="Protocol"/>; null unless the basis is payload or
    /// handshake.</summary>
    public FrameReference? ProtocolFrame { get; init; }

    /// <summary>The frame that stopped the flow: the first ICMP error that stops the originator's packets, or the reset
    /// by which another device ended it; null without one.</summary>
    public FrameReference? OutcomeFrame
    {
        get => _extras?.OutcomeFrame; init => Extras = Extras with { OutcomeFrame = value };
    }

    /// <summary>True when <see cref="OutcomeFrame"/> is an ICMP error: the evidence then includes ICMP errors about the
    /// flow.</summary>
    public bool HasIcmpError => OutcomeFrame is not null && !WasCutOff;

    /// <summary>True for an ICMP error that quotes a packet of a flow seen at the same capture point.</summary>
    public bool QuotesSeenFlow
    {
        get => _extras?.QuotesSeenFlow ?? false; init => Extras = Extras with { QuotesSeenFlow = value };
    }

    /// <summary>TCP and UDP headers around the flow in its frames.</summary>
    public int Level { get; init; }

    /// <summary>The encapsulations around the flow, outermost first; null when there is none.</summary>
    public string? Tunnel { get => _extras?.Tunnel; init => Extras = Extras with { Tunnel = value }; }

    /// <summary><see cref="Id"/> of the carrying flow; 0 without.</summary>
    public ulong ParentId { get => _extras?.ParentId ?? 0; init => Extras = Extras with { ParentId = value }; }

    /// <summary>Index of its capture point in the observation.</summary>
    internal ushort PointIndex { get; init; }

    /// <summary>Number of its tunnel in the observation.</summary>
    internal ushort TunnelNumber { get; init; }

    /// <summary>TCP: a segment sent several times and never acknowledged; null without one.</summary>
    public LostData? LostData { get => _extras?.LostData; init => Extras = Extras with { LostData = value }; }

    /// <summary>TCP: how the connection failed on use after a long silence; null when it did not.</summary>
    public SessionLoss? SessionLoss
    {
        get => _extras?.SessionLoss; init => Extras = Extras with { SessionLoss = value };
    }

    /// <summary>True when its packets include fragments.</summary>
    public bool IsFragmented
    {
        get => _extras?.IsFragmented ?? false; init => Extras = Extras with { IsFragmented = value };
    }

    /// <summary>True for a DHCP server's echo request to an address that it then offered (RFC 2131 §3.1).</summary>
    public bool IsOfferProbe
    {
        get => _extras?.IsOfferProbe ?? false; init => Extras = Extras with { IsOfferProbe = value };
    }

    /// <summary>Datagrams of which only the first fragment was seen; null without any.</summary>
    public FragmentLoss? FragmentLoss
    {
        get => _extras?.FragmentLoss; init => Extras = Extras with { FragmentLoss = value };
    }

    /// <summary>Data to compare with other capture points; null unless requested
    /// (<see cref="PortAudit.Traffic.Observation.ObserverOptions.TraceFlows"/>).</summary>
    public FlowTrace? Trace { get => _extras?.Trace; init => Extras = Extras with { Trace = value }; }

    /// <summary>When its bytes passed; null unless requested
    /// (<see cref="PortAudit.Traffic.Observation.ObserverOptions.TimeBytes"/>).</summary>
    public ByteTimes? ByteTimes { get => _extras?.ByteTimes; init => Extras = Extras with { ByteTimes = value }; }

    /// <summary>How its packets came; null unless requested
    /// (<see cref="PortAudit.Traffic.Observation.ObserverOptions.Behaviour"/>).</summary>
    public FlowBehaviour? Behaviour { get => _extras?.Behaviour; init => Extras = Extras with { Behaviour = value }; }

    /// <summary>Destination of the request, if this flow answers one that went elsewhere: to a group, as in DHCP, or to
    /// another port of the responder, as in SIP. Else null.</summary>
    public Endpoint? RequestedAt { get => _extras?.RequestedAt; init => Extras = Extras with { RequestedAt = value }; }

    /// <summary>Registry name of the protocol that the client requested and the server did not accept: either the
    /// server sent something else, on which <see cref="Protocol"/> then rests, or it said that the port requires TLS.
    /// Else null.</summary>
    public string? Declined { get => _extras?.Declined; init => Extras = Extras with { Declined = value }; }

    /// <summary>The row of a flow log that says all this; null when packets do.</summary>
    public LogOrigin? Log { get => _extras?.Log; init => Extras = Extras with { Log = value }; }

    /// <summary>True when payload is counted; else counts of it say no more than that there was some
    /// (<see cref="LogSource.KnowsPayloadBytes"/>).</summary>
    public bool KnowsPayloadBytes => Log is not { Source.KnowsPayloadBytes: false };

    /// <summary>The first proving frames, if kept while reading; empty when they can be read from the file
    /// again.</summary>
    public ImmutableArray<FrameReference> Frames
    {
        get => Extras.Frames; init => Extras = Extras with { Frames = value.IsDefaultOrEmpty ? [] : value };
    }

    /// <summary>Uses of an SMB or RPC connection, each once, in order; empty for other flows or when
    /// encrypted.</summary>
    public ImmutableArray<CarriedUse> Carried
    {
        get => Extras.Carried; init => Extras = Extras with { Carried = value.IsDefaultOrEmpty ? [] : value };
    }

    /// <summary>Data carried by the names in a DNS flow, by domain; empty for other flows and ordinary names.</summary>
    public ImmutableArray<CarriedNames> CarriedNames
    {
        get => Extras.CarriedNames;
        init => Extras = Extras with { CarriedNames = value.IsDefaultOrEmpty ? [] : value };
    }
}
