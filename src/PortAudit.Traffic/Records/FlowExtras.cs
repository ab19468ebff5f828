using System.Collections.Immutable;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Records;

/// <summary>Rare properties of a flow, named as in <see cref="FlowRecord"/>. Keeping them apart makes the usual record
/// a third smaller and long lists faster.</summary>
internal sealed record FlowExtras
{
    /// <summary>Without any of them.</summary>
    public static readonly FlowExtras None = new();

    public long Count { get; init; } = 1;
    public IpAddress? StoppedBy { get; init; }
    public string? StoppedHow { get; init; }
    public IcmpReason IcmpReason { get; init; }
    public FlowReset? Reset { get; init; }
    public StreamPair? Streams { get; init; }
    public LogOrigin? Log { get; init; }
    public long Duplicates { get; init; }
    public string? Service { get; init; }
    public IdentificationBasis ServiceBasis { get; init; }
    public AnnouncementMatch? Announcement { get; init; }
    public string? StartedAs { get; init; }
    public TlsHandshake? Tls { get; init; }
    public Refusal? Refusal { get; init; }
    public CredentialSighting? Credentials { get; init; }
    public FrameReference? OutcomeFrame { get; init; }
    public bool QuotesSeenFlow { get; init; }
    public string? Tunnel { get; init; }
    public ulong ParentId { get; init; }
    public LostData? LostData { get; init; }
    public SessionLoss? SessionLoss { get; init; }
    public bool IsFragmented { get; init; }
    public FragmentLoss? FragmentLoss { get; init; }
    public FlowTrace? Trace { get; init; }
    public ByteTimes? ByteTimes { get; init; }
    public FlowBehaviour? Behaviour { get; init; }
    public bool IsOfferProbe { get; init; }
    public Endpoint? RequestedAt { get; init; }
    public string? Declined { get; init; }
    public ImmutableArray<FrameReference> Frames { get; init; } = [];
    public ImmutableArray<CarriedUse> Carried { get; init; } = [];
    public ImmutableArray<CarriedNames> CarriedNames { get; init; } = [];
}
