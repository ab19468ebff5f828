using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Connections;

/// <summary>When each host answered, per capture point: an unanswered attempt was stopped if the same host answered
/// others at that time. Bounded and independent of the order of flows.</summary>
internal sealed class AnswerLedger : IArchived
{
    /// <summary>Hosts whose answers are kept at a point, the lowest addresses.</summary>
    public const int MaximumHosts = 10_000;

    /// <summary>Stretches of time kept of a host: a week of <see cref="WidthNs"/>.</summary>
    public const int MaximumTimes = 1_024;

    /// <summary>A host that answered within ten minutes of an attempt was up when it came.</summary>
    public const long WidthNs = 600_000_000_000;

    private readonly BottomKMap<(string Point, IpAddress Host), Times> _hosts = new(MaximumHosts,
        Comparer<(string Point, IpAddress Host)>.Create((a, b) =>
        {
            var order = string.CompareOrdinal(a.Point, b.Point);
            return order != 0 ? order : a.Host.CompareTo(b.Host);
        }));

    public bool IsOverflown => _hosts.IsOverflown;

    public void Add(FlowRecord flow)
    {
        var isRefusedByUnknown = flow is { Outcome: Outcome.Refused, Reset.Origin: not ResetOrigin.Host };
        if (flow.In.Packets == 0 || flow.Reach != Reach.Reached || isRefusedByUnknown)
            return;
        Add(flow.CapturePoint, flow.Responder.Address, flow.StartNs);
    }

    /// <summary>Adds that a host answered a flow of that time.</summary>
    public void Add(string point, IpAddress host, long startNs) =>
        TimesOf((point, host))?.Buckets.Add(BucketOf(startNs));

    /// <summary>True when the silent responder of a flow answered others at that time, at the same point.</summary>
    public bool HasAnsweredOthers(FlowRecord flow)
    {
        if (_hosts.Find((flow.CapturePoint, flow.Responder.Address)) is not { } times)
            return false;
        var bucket = BucketOf(flow.StartNs);
        return times.Buckets.Kept.Any(answered => Math.Abs(answered - bucket) <= 1);
    }

    public void UnionWith(AnswerLedger other) => _hosts.UnionWith(other._hosts, static _ => new Times(),
        static (own, added) => own.Buckets.UnionWith(added.Buckets));

    public void Persist(StateArchive archive) => _hosts.Persist(archive,
        static (archive, key) => (archive.Text(key.Point ?? ""), archive.Address(key.Host)),
        static (archive, _, times) =>
        {
            times ??= new Times();
            times.Buckets.Persist(archive, static (archive, bucket) => archive.Number(bucket));
            return times;
        });

    private Times? TimesOf((string Point, IpAddress Host) key) => _hosts.GetOrAdd(key, static () => new Times());

    private static long BucketOf(long timestampNs) => timestampNs / WidthNs;

    private sealed class Times
    {
        public BottomKSet<long> Buckets { get; } = new(MaximumTimes);
    }
}
