using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Announcements;
using PortAudit.Traffic.Credentials;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Refusals;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// A finished flow: both directions of one transport conversation as one capture point saw it. Holds no packet bytes.
/// "Out" is what the originator sent, "in" what it received.
/// </summary>
public sealed record FlowRecord
{
    /// <summary>Length of <see cref="CommunityId"/>, in characters.</summary>
    public const int CommunityIdLength = Flows.CommunityId.Length;

    /// <summary>Flows of which <see cref="WriteCommunityIds"/> takes this many at once.</summary>
    public const int CommunityIdBatch = Flows.CommunityId.BatchLength;

    // What a record holds stands in two places, so that the observation can use the record again for another flow (FlowRecordPool) and touches the second for few of them.
    private FlowFacts _facts;
    private RareFlowFacts _rare = new();

    /// <summary>False while <see cref="_rare"/> is as new.</summary>
    private bool _mayHaveRare;

    /// <summary>Makes a record whose properties are set by who makes it.</summary>
    public FlowRecord()
    {
    }

    /// <summary>Makes a record of a flow, to be filled.</summary>
    [SetsRequiredMembers]
    internal FlowRecord(string point, string history) => (CapturePoint, History) = (point, history);

    /// <summary>What every flow has. To fill it anew makes the record that of another flow: nobody may hold it as that of the flow before.</summary>
    internal ref FlowFacts Facts => ref _facts;

    /// <summary>What only some flows have, to be changed.</summary>
    internal ref RareFlowFacts Rare
    {
        get
        {
            _mayHaveRare = true;
            return ref _rare;
        }
    }

    /// <summary><see cref="StreamOut"/> and <see cref="StreamIn"/>; null when both are all zero.</summary>
    internal StreamPair? Streams { get => _rare.Streams; init => Rare.Streams = value; }

    /// <summary>Number of the flow: it depends on capture point, key and start only, so that it is the same in every run over the same packets.</summary>
    public required ulong Id { get => _facts.Id; init => _facts.Id = value; }

    /// <summary>Identifier of the flow in output: the 16 hexadecimal digits of <see cref="Id"/>. Made anew at every call.</summary>
    public string FlowId => Id.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Community ID version 1, seed 0. Worked out anew at every call.</summary>
    public string CommunityId => Flows.CommunityId.Of(Transport, Originator, Responder);

    /// <summary>Name of the capture point that saw the flow; empty when the site names none.</summary>
    public required string CapturePoint { get => _facts.CapturePoint; init => _facts.CapturePoint = value; }

    /// <summary>Index of the capture file of the first packet.</summary>
    public required int Capture { get => _facts.Capture; init => _facts.Capture = value; }

    /// <summary>Time of the first packet, in nanoseconds since the Unix epoch.</summary>
    public required long StartNs { get => _facts.StartNs; init => _facts.StartNs = value; }

    /// <summary>Time of the last packet, in nanoseconds since the Unix epoch.</summary>
    public required long EndNs { get => _facts.EndNs; init => _facts.EndNs = value; }

    /// <summary>Decimal digits of a second that the capture of the first packet resolves.</summary>
    public required int TimestampDigits { get => _facts.TimestampDigits; init => _facts.TimestampDigits = value; }

    /// <summary>Transport protocol.</summary>
    public required IpProtocol Transport { get => _facts.Transport; init => _facts.Transport = value; }

    /// <summary>VLAN identifiers.</summary>
    public required VlanTags Vlan { get => _facts.Vlan; init => _facts.Vlan = value; }

    /// <summary>The end that opened the conversation. For ICMP its port is the type of the originator's messages.</summary>
    public required Endpoint Originator { get => _facts.Originator; init => _facts.Originator = value; }

    /// <summary>The other end. For ICMP its port is the code of the originator's messages.</summary>
    public required Endpoint Responder { get => _facts.Responder; init => _facts.Responder = value; }

    /// <summary>What the claim about the originator rests on.</summary>
    public required DirectionBasis DirectionBasis { get => _facts.DirectionBasis; init => _facts.DirectionBasis = value; }

    /// <summary>What became of the flow.</summary>
    public required Outcome Outcome { get => _facts.Outcome; init => _facts.Outcome = value; }

    /// <summary>
    /// The address that stopped the flow with RST or ICMP: the responder's when <see cref="Outcome.Refused"/> (whether the host or a device in its name sent a reset is told by
    /// <see cref="Reset"/>), the sender's when <see cref="Outcome.Rejected"/> by ICMP; null otherwise, as for a reset that another device sent: its own address is unknown.
    /// </summary>
    public IpAddress? StoppedBy { get => _rare.StoppedBy; init => Rare.StoppedBy = value; }

    /// <summary>How it was stopped, in words a firewall owner uses, for example <c>ICMP 3/13 communication administratively prohibited</c>, <c>SCTP ABORT</c> or <c>TCP RST with the host's usual TTL 63</c>; null when it was not, or silently.</summary>
    public string? StoppedHow { get => _rare.StoppedHow; init => Rare.StoppedHow = value; }

    /// <summary>Why the ICMP error that stopped it says that packets do not arrive, whoever sent it.</summary>
    public IcmpReason IcmpReason { get => _rare.IcmpReason; init => Rare.IcmpReason = value; }

    /// <summary>The TCP reset that stopped the attempt, or that ended the connection before both sides had finished it; null without one.</summary>
    public FlowReset? Reset { get => _rare.Reset; init => Rare.Reset = value; }

    /// <summary>
    /// From the originator's first packet to the responder's first, whatever that says: of TCP from the first SYN, retries included, and none where the handshake lies before the capture; of datagrams from the first one seen.
    /// None where nothing came back, or the responder was seen first.
    /// </summary>
    public AnswerDelay Answer { get => _facts.Answer; init => _facts.Answer = value; }

    /// <summary>True when the conversation came about and another device's reset cut it off.</summary>
    public bool WasCutOff => Reset is { Origin: ResetOrigin.AnotherDevice } && Outcome.Passed();

    /// <summary>History in Zeek's letters: upper case from the originator, lower case from the responder (<c>S</c> SYN, <c>H</c> SYN+ACK, <c>A</c> ACK, <c>D</c> data, <c>F</c> FIN, <c>R</c> RST, <c>T</c> retransmission …; <c>^</c> direction was flipped).</summary>
    public required string History { get => _facts.History; init => _facts.History = value; }

    /// <summary>What the originator sent.</summary>
    public required DirectionCounters Out { get => _facts.Out; init => _facts.Out = value; }

    /// <summary>What the responder sent.</summary>
    public required DirectionCounters In { get => _facts.In; init => _facts.In = value; }

    /// <summary>What of the originator's TCP stream did not come once and in order.</summary>
    public StreamCounters StreamOut
    {
        get => _rare.Streams?.Out ?? default;
        init => Rare.Streams = StreamPair.Of(value, StreamIn);
    }

    /// <summary>What of the responder's TCP stream did not come once and in order.</summary>
    public StreamCounters StreamIn
    {
        get => _rare.Streams?.In ?? default;
        init => Rare.Streams = StreamPair.Of(StreamOut, value);
    }

    /// <summary>
    /// Packets of both directions that repeat another record of themselves, as a mirror port or a capture on several interfaces makes them. They
    /// are in <see cref="Out"/> and <see cref="In"/> unless <see cref="ObserverOptions.DropDuplicates"/>, and in nothing else.
    /// </summary>
    public long Duplicates { get => _rare.Duplicates; init => Rare.Duplicates = value; }

    /// <summary>TCP SYN segments of the originator, retries included; 0 for other protocols.</summary>
    public int SynCount { get => _facts.SynCount; init => _facts.SynCount = value; }

    /// <summary>Registry name of the application protocol, null when unknown.</summary>
    public string? Protocol { get => _facts.Protocol; init => _facts.Protocol = value; }

    /// <summary>What <see cref="Protocol"/> rests on.</summary>
    public IdentificationBasis ProtocolBasis { get => _facts.ProtocolBasis; init => _facts.ProtocolBasis = value; }

    /// <summary>
    /// True when what it carries cannot be read, as far as bytes prove it: they named a protocol that encrypts (<see cref="ProtocolRow.HidesContent"/>), or
    /// it is ESP. A port proves nothing here, and encryption inside a protocol that is readable (STARTTLS, SMB 3) does not count.
    /// </summary>
    public bool IsEncrypted => Transport == IpProtocol.Esp
        || (ProtocolBasis >= IdentificationBasis.Handshake && ProtocolRegistry.Find(Protocol!) is { HidesContent: true });

    /// <summary>Finer name, or what is inside TLS; null when unknown.</summary>
    public string? Service { get => _rare.Service; init => Rare.Service = value; }

    /// <summary>What <see cref="Service"/> rests on.</summary>
    public IdentificationBasis ServiceBasis { get => _rare.ServiceBasis; init => Rare.ServiceBasis = value; }

    /// <summary>
    /// True for a flow of nothing but the connectivity checks of ICE (RFC 8445 §7): whether its end can be reached was the question, so that no answer is an answer.
    /// </summary>
    public bool IsIceCheck => Service == IceService.Name && ServiceBasis == IdentificationBasis.Payload;

    /// <summary>What announced the flow's port, by the best grade; null when nothing did.</summary>
    public AnnouncementMatch? Announcement { get => _rare.Announcement; init => Rare.Announcement = value; }

    /// <summary>
    /// Registry name of the protocol with which the conversation began, before it went over to <see cref="Protocol"/>: by STARTTLS, through a proxy, or after
    /// the checks of ICE. Bytes proved it. Null when it is one protocol all along.
    /// </summary>
    public string? StartedAs { get => _rare.StartedAs; init => Rare.StartedAs = value; }

    /// <summary>What a TLS handshake showed; null when the flow is not TLS or its handshake was not seen.</summary>
    public TlsHandshake? Tls { get => _rare.Tls; init => Rare.Tls = value; }

    /// <summary>
    /// The answer by which a conversation that came about was refused all the same, perhaps by a proxy in the server's place; null when it was not, or not seen. That of HTTP is read with names
    /// (<see cref="ObserverOptions.ReadNames"/>).
    /// </summary>
    public Refusal? Refusal { get => _rare.Refusal; init => Rare.Refusal = value; }

    /// <summary>How a client proved who it is, where the way should not be used any more; null when nothing of the kind was seen.</summary>
    public CredentialSighting? Credentials { get => _rare.Credentials; init => Rare.Credentials = value; }

    /// <summary>The frame whose bytes named <see cref="Protocol"/>; null unless the basis is payload or handshake.</summary>
    public FrameReference? ProtocolFrame { get => _facts.ProtocolFrame; init => _facts.ProtocolFrame = value; }

    /// <summary>The frame that stopped the flow: the first ICMP error that quotes a packet of the originator and stops it, or the reset by which another device cut it off; null without one.</summary>
    public FrameReference? OutcomeFrame { get => _rare.OutcomeFrame; init => Rare.OutcomeFrame = value; }

    /// <summary>True for an ICMP error that quotes a packet of a flow seen at the same capture point.</summary>
    public bool QuotesSeenFlow { get => _rare.QuotesSeenFlow; init => Rare.QuotesSeenFlow = value; }

    /// <summary>Number of TCP or UDP headers outside this flow's own in its frames.</summary>
    public int Level { get => _facts.Level; init => _facts.Level = value; }

    /// <summary>The encapsulations around the flow, outermost first; null when there is none.</summary>
    public string? Tunnel { get => _rare.Tunnel; init => Rare.Tunnel = value; }

    /// <summary><see cref="Id"/> of the flow that carries this one; 0 when none does.</summary>
    public ulong ParentId { get => _rare.ParentId; init => Rare.ParentId = value; }

    /// <summary><see cref="FlowId"/> of the flow that carries this one; null when none does. Made anew at every call.</summary>
    public string? Parent => ParentId == 0 ? null : ParentId.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Index of its capture point in the observation that made the record.</summary>
    internal ushort PointIndex { get => _facts.PointIndex; init => _facts.PointIndex = value; }

    /// <summary>Number of its tunnel in the observation that made the record.</summary>
    internal ushort TunnelNumber { get => _facts.TunnelNumber; init => _facts.TunnelNumber = value; }

    /// <summary>The first proving frames, kept while they passed; empty when they can be fetched from the file again.</summary>
    public ImmutableArray<FrameReference> Frames { get => _rare.Frames; init => Rare.Frames = value; }

    /// <inheritdoc />
    public bool Equals(FlowRecord? other) => other is not null && _facts == other._facts && _rare == other._rare;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_facts, _rare);

    /// <summary>Forgets what only some flows have, as the record becomes that of another flow.</summary>
    internal void ForgetRare()
    {
        if (_mayHaveRare)
            Forget();
    }

    // Out of the way of who fills records, whose stack would have room for such a large value to be cleared each time.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forget() => (_rare, _mayHaveRare) = (new RareFlowFacts(), false);

    /// <summary>Writes <see cref="CommunityId"/> of several flows in ASCII, one behind the other: together they take a third of the time that each for itself takes.</summary>
    /// <param name="flows">At most <see cref="CommunityIdBatch"/> flows.</param>
    /// <param name="utf8Destination"><see cref="CommunityIdBatch"/> times <see cref="CommunityIdLength"/> bytes; those behind the last flow's mean nothing.</param>
    public static void WriteCommunityIds(ReadOnlySpan<FlowRecord> flows, Span<byte> utf8Destination) => Flows.CommunityId.Write(flows, utf8Destination);
}
