using System.Collections.Immutable;
using PortAudit.Traffic.Announcements;
using PortAudit.Traffic.Credentials;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Refusals;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Flows;

/// <summary>What a <see cref="FlowRecord"/> holds of a few flows: each field is the property of the same name. Apart from <see cref="FlowFacts"/>, so that a record of any other flow is made without touching it.</summary>
internal record struct RareFlowFacts()
{
    public IpAddress? StoppedBy;
    public string? StoppedHow;
    public IcmpReason IcmpReason;
    public FlowReset? Reset;
    public StreamPair? Streams;
    public long Duplicates;
    public string? Service;
    public IdentificationBasis ServiceBasis;
    public AnnouncementMatch? Announcement;
    public string? StartedAs;
    public TlsHandshake? Tls;
    public Refusal? Refusal;
    public CredentialSighting? Credentials;
    public FrameReference? OutcomeFrame;
    public bool QuotesSeenFlow;
    public string? Tunnel;
    public ulong ParentId;
    public ImmutableArray<FrameReference> Frames = [];
}
