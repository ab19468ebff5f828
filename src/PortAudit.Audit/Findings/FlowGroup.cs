using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>The flows of one cause, added up. Memory is bounded however many there are, and independent of the order of
/// flows and unions.</summary>
internal sealed class FlowGroup : IArchived
{
    /// <summary>Frames listed of a finding.</summary>
    public const int MaximumFrames = 1_000;

    /// <summary>Flows whose frames are listed: so many fill <see cref="MaximumFrames"/>.</summary>
    public const int MaximumRetained = MaximumFrames / FrameReference.MaximumPerFlow;

    /// <summary>Hosts listed on a side of a finding; a scan has no end of them.</summary>
    public const int MaximumHosts = 100;

    /// <summary>Ways of being stopped, and of being announced, named at most.</summary>
    public const int MaximumStops = 5;

    /// <summary>Announcing frames listed at most, of <see cref="MaximumFrames"/>.</summary>
    public const int MaximumAnnouncingFrames = 100;

    private const int NoException = -1;

    private static readonly Comparer<HostIdentity> ByAddress = Comparer<HostIdentity>.Create((a, b) =>
        a.Address.CompareTo(b.Address));

    /// <summary>The fewest capture points that recorded one of them; meaningful with a flow only.</summary>
    private long _fewestPoints = long.MaxValue;

    public long Flows { get; private set; }

    /// <summary>Sum of original frame lengths, both directions.</summary>
    public long Bytes { get; private set; }

    public long Packets { get; private set; }

    public long Syns { get; private set; }

    /// <summary>Flows of which only the responder's packets were seen.</summary>
    public long AnswersOnly { get; private set; }

    /// <summary>Flows of datagrams of which only the originator's packets were seen: whatever the basis, it sent
    /// them.</summary>
    public long SentOnly { get; private set; }

    /// <summary>Flows of which nothing proves who opened them (<see cref="FlowFlip.IsGuessed"/>).</summary>
    public long Guessed { get; private set; }

    /// <summary>Flows whose TLS handshake was over without the server's having asked for a certificate.</summary>
    public long CertificatesNotAsked { get; private set; }

    /// <summary>Start of the first flow; meaningful with a flow only.</summary>
    public long FirstNs { get; private set; } = long.MaxValue;

    /// <summary>End of the last flow; meaningful with a flow only.</summary>
    public long LastNs { get; private set; } = long.MinValue;

    public BottomKSet<HostIdentity> Originators { get; } = NewHostSet();

    public BottomKSet<HostIdentity> Responders { get; } = NewHostSet();

    public SortedSet<IpProtocol> Transports { get; } = [];

    /// <summary>Responder ports of the transports that have ports.</summary>
    public HashSet<ushort> Ports { get; } = [];

    /// <summary>Verdicts before exceptions, each with the index of the deciding exception, or -1.</summary>
    public SortedSet<(Verdict Verdict, int Exception)> Verdicts { get; } = [];

    public SortedSet<string> Points { get; } = new(StringComparer.Ordinal);

    public SortedList<string, long> Protocols { get; } = new(StringComparer.Ordinal);

    /// <summary>Flows by what their client asked for and the server did not accept.</summary>
    public SortedList<string, long> Declined { get; } = new(StringComparer.Ordinal);

    /// <summary>What announced their ports: the announcer and the service.</summary>
    public BottomKSet<string> Announced { get; } = new(MaximumStops, StringComparer.Ordinal);

    public BottomKSet<FrameReference> AnnouncingFrames { get; } = new(MaximumAnnouncingFrames);

    /// <summary>How flows were stopped, and by which device.</summary>
    public BottomKSet<string> Stops { get; } = new(MaximumStops, StringComparer.Ordinal);

    public TunnelledFlows Tunnelled { get; } = new();

    public InterventionTally Interventions { get; } = new();

    public FlowTuples Tuples { get; } = new();

    /// <summary>The earliest flows as they were observed: those whose frames are shown.</summary>
    public BottomKSet<FlowRecord> Retained { get; } = new(MaximumRetained, FlowOrder.ByStart);

    /// <summary>How they ended, whether they arrived, and by what it is known who opened them.</summary>
    public OutcomeTally Outcomes { get; } = new();

    /// <summary>True when each of the flows was seen at every capture point of the group, of which there are
    /// several.</summary>
    public bool IsAtEveryPoint => Points.Count > 1 && _fewestPoints == Points.Count;

    /// <summary>True when all flows were stopped, but all of several points recorded them: none was stopped between two
    /// points.</summary>
    public bool CameThrough => Outcomes.Stopped == Flows && IsAtEveryPoint;

    /// <summary>Attempts that, as far as known, the responder itself refused: no device stopped them.</summary>
    public long RefusedByResponder => Outcomes.Of(Outcome.Refused) - Interventions.UnknownResets;

    /// <summary>The first verdict in their order, before exceptions.</summary>
    public Verdict FirstVerdict => Verdicts.Min.Verdict;

    /// <summary>The first verdict in their order, after exceptions that have not expired.</summary>
    /// <param name="isExpired">Which exceptions of the site have expired.</param>
    public Verdict FirstVerdictAfterExceptions(ImmutableArray<bool> isExpired) =>
        Verdicts.Min(entry => (uint)entry.Exception >= (uint)isExpired.Length || isExpired[entry.Exception]
            ? entry.Verdict
            : Verdict.Excepted);

    /// <summary>Flows that arrived, as the table of verdicts counts them.</summary>
    public long Arrivals => Outcomes.Of(Reach.Reached);

    /// <summary>Streams of datagrams of which nothing proves that they arrived or were stopped.</summary>
    public SilentStreams Silent { get; } = new();

    /// <summary>What a model of behaviour takes them for.</summary>
    public BehaviourTally Behaviours { get; } = new();

    /// <summary>What can be listed to prove a flow: its packets, or the row of a log.</summary>
    public static long ProofsOf(FlowRecord flow) =>
        flow.Log is null ? flow.Out.Packets + flow.In.Packets : flow.Count;

    public void Add(Judgement judgement)
    {
        var flow = judgement.Flow;
        Flows += flow.Count;
        Bytes += flow.Out.Bytes + flow.In.Bytes;
        Packets += ProofsOf(flow);
        Syns += flow.SynCount;
        AnswersOnly += flow is { Out.Packets: 0, RequestedAt: null } ? flow.Count : 0;
        SentOnly += flow.In.Packets == 0 && flow.Transport != IpProtocol.Tcp ? flow.Count : 0;
        Guessed += flow.IsGuessed() ? flow.Count : 0;
        CertificatesNotAsked += flow.Tls?.ClientCertificate == ClientCertificate.NotRequested ? flow.Count : 0;
        FirstNs = Math.Min(FirstNs, flow.StartNs);
        LastNs = Math.Max(LastNs, flow.EndNs);
        Outcomes.Add(judgement);
        Silent.Add(judgement);
        Behaviours.Add(judgement);
        Originators.Add(judgement.Originator);
        Responders.Add(judgement.Responder);
        Transports.Add(flow.Transport);
        Verdicts.Add((judgement.Verdict, judgement.DecidingException ?? NoException));
        Points.Add(flow.CapturePoint);
        if (flow.Log is null)
            Tuples.Add(HaveSameEndpoints(flow, judgement.Observed) ? flow : judgement.Observed);
        Retained.Add(judgement.Observed);
        AddElsewhere(judgement);
        if (flow.Transport.HasPorts)
            Ports.Add(flow.Responder.Port);
        if (flow.Protocol is { } protocol && ProtocolComparison.IsProof(flow.ProtocolBasis))
            Protocols[protocol] = Protocols.GetValueOrDefault(protocol) + flow.Count;
        if (flow.Declined is { } declined)
            Declined[declined] = Declined.GetValueOrDefault(declined) + flow.Count;
        if (flow.Announcement?.Announcement is { } announcement)
        {
            Announced.Add(announcement.Service is { } service
                ? $"{service} by {announcement.AnnouncedBy}"
                : announcement.AnnouncedBy);
            AnnouncingFrames.Add(announcement.Frame);
        }

        Tunnelled.Add(flow);
        Interventions.Add(flow);
        if (InterventionTally.HowStopped(flow) is { } how)
            Stops.Add(how);
    }

    /// <summary>What other points recorded of the same connection is evidence, and counts no other time.</summary>
    private void AddElsewhere(Judgement judgement)
    {
        var points = 1;
        foreach (var other in judgement.Elsewhere)
        {
            points += other.CapturePoint == judgement.Observed.CapturePoint ? 0 : 1;
            Packets += ProofsOf(other);
            Points.Add(other.CapturePoint);
            Retained.Add(other);
            if (other.Log is null && !HaveSameEndpoints(judgement.Observed, other))
                Tuples.Add(other);
        }

        _fewestPoints = Math.Min(_fewestPoints, points);
    }

    /// <summary>False where a device translated addresses or ports between two records of a connection.</summary>
    private static bool HaveSameEndpoints(FlowRecord one, FlowRecord other) =>
        (one.Originator, one.Responder) == (other.Originator, other.Responder)
        || (one.Originator, one.Responder) == (other.Responder, other.Originator);

    public void UnionWith(FlowGroup other)
    {
        Flows += other.Flows;
        Bytes += other.Bytes;
        Packets += other.Packets;
        Syns += other.Syns;
        AnswersOnly += other.AnswersOnly;
        SentOnly += other.SentOnly;
        Guessed += other.Guessed;
        CertificatesNotAsked += other.CertificatesNotAsked;
        FirstNs = Math.Min(FirstNs, other.FirstNs);
        LastNs = Math.Max(LastNs, other.LastNs);
        Outcomes.UnionWith(other.Outcomes);
        _fewestPoints = Math.Min(_fewestPoints, other._fewestPoints);
        Silent.UnionWith(other.Silent);
        Behaviours.UnionWith(other.Behaviours);
        Originators.UnionWith(other.Originators);
        Responders.UnionWith(other.Responders);
        Transports.UnionWith(other.Transports);
        Ports.UnionWith(other.Ports);
        Verdicts.UnionWith(other.Verdicts);
        Points.UnionWith(other.Points);
        Stops.UnionWith(other.Stops);
        Tunnelled.UnionWith(other.Tunnelled);
        Interventions.UnionWith(other.Interventions);
        Announced.UnionWith(other.Announced);
        AnnouncingFrames.UnionWith(other.AnnouncingFrames);
        Tuples.UnionWith(other.Tuples);
        Retained.UnionWith(other.Retained);
        foreach (var (protocol, flows) in other.Protocols)
            Protocols[protocol] = Protocols.GetValueOrDefault(protocol) + flows;
        foreach (var (protocol, flows) in other.Declined)
            Declined[protocol] = Declined.GetValueOrDefault(protocol) + flows;
    }

    public void Persist(StateArchive archive)
    {
        Flows = archive.Number(Flows);
        Bytes = archive.Number(Bytes);
        Packets = archive.Number(Packets);
        Syns = archive.Number(Syns);
        AnswersOnly = archive.Number(AnswersOnly);
        SentOnly = archive.Number(SentOnly);
        Guessed = archive.Number(Guessed);
        CertificatesNotAsked = archive.Number(CertificatesNotAsked);
        FirstNs = archive.Number(FirstNs);
        LastNs = archive.Number(LastNs);
        Outcomes.Persist(archive);
        _fewestPoints = archive.Number(_fewestPoints);
        Silent.Persist(archive);
        Originators.Persist(archive, StateValues.Host);
        Responders.Persist(archive, StateValues.Host);
        archive.Set(Transports, StateValues.Transport);
        archive.Set(Ports, StateValues.Port);
        archive.Set(Verdicts, static (archive, entry) =>
            (archive.Word(entry.Verdict), (int)archive.Number(entry.Exception)));
        archive.Set(Points, StateValues.Text, StringComparer.Ordinal);
        Stops.Persist(archive, StateValues.Text);
        Tunnelled.Persist(archive);
        Interventions.Persist(archive);
        Announced.Persist(archive, StateValues.Text);
        AnnouncingFrames.Persist(archive, StateValues.Frame);
        Tuples.Persist(archive);
        Retained.Persist(archive, FlowContent.Flow);
        archive.Map(Protocols, StateValues.Text, static (archive, _, flows) => archive.Number(flows),
            StringComparer.Ordinal);
        archive.Map(Declined, StateValues.Text, static (archive, _, flows) => archive.Number(flows),
            StringComparer.Ordinal);
    }

    /// <summary>An empty set of hosts of one side.</summary>
    public static BottomKSet<HostIdentity> NewHostSet() => new(MaximumHosts, ByAddress);

    public static FlowGroup Union(IEnumerable<FlowGroup> groups)
    {
        var union = new FlowGroup();
        foreach (var group in groups)
            union.UnionWith(group);
        return union;
    }

    /// <summary>The ports as ranges, ascending.</summary>
    public ImmutableArray<Catalog.PortRange> PortRanges() => Catalog.PortRange.Union(Ports);
}
