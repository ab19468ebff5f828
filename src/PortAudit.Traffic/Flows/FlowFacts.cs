using System.Collections.Immutable;
using PortAudit.Traffic.Announcements;
using PortAudit.Traffic.Credentials;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Refusals;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>What a <see cref="FlowRecord"/> holds: each field is the property of the same name.</summary>
internal record struct FlowFacts
{
    public ulong Id;
    public string CapturePoint;
    public int Capture;
    public long StartNs;
    public long EndNs;
    public int TimestampDigits;
    public IpProtocol Transport;
    public VlanTags Vlan;
    public Endpoint Originator;
    public Endpoint Responder;
    public DirectionBasis DirectionBasis;
    public Outcome Outcome;
    public IpAddress? StoppedBy;
    public string? StoppedHow;
    public IcmpReason IcmpReason;
    public FlowReset? Reset;
    public AnswerDelay Answer;
    public string History;
    public DirectionCounters Out;
    public DirectionCounters In;
    public long Duplicates;
    public int SynCount;
    public string? Protocol;
    public IdentificationBasis ProtocolBasis;
    public string? Service;
    public IdentificationBasis ServiceBasis;
    public AnnouncementMatch? Announcement;
    public string? StartedAs;
    public TlsHandshake? Tls;
    public Refusal? Refusal;
    public CredentialSighting? Credentials;
    public FrameReference? ProtocolFrame;
    public FrameReference? OutcomeFrame;
    public bool QuotesSeenFlow;
    public int Level;
    public string? Tunnel;
    public ulong ParentId;
    public ushort PointIndex;
    public ushort TunnelNumber;
    public ImmutableArray<FrameReference> Frames;
    public StreamPair? Streams;
}
