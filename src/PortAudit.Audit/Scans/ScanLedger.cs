using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Scans;

/// <summary>Defers possible probes, by originator, until the end of the capture shows who scanned. Those of other
/// originators are judged normally. Bounded; independent of the order of flows.</summary>
/// <param name="rules">The tallies of the rules.</param>
internal sealed class ScanLedger(RuleLedger rules) : IArchived
{
    /// <summary>Originators checked for scans: those of the site first, then private addresses, then others, the lowest
    /// of each.</summary>
    public const int MaximumOriginators = 2_048;

    private readonly DeferredFlows _rest = new(rules);
    private BottomKMap<OriginatorKey, OriginatorTally>? _originators;

    /// <summary>True when there were more originators than are looked at.</summary>
    public bool IsOverflown => Originators.IsOverflown;

    /// <summary>Probes of originators that are not looked at.</summary>
    public long FlowsOfOthers => _rest.Flows;

    public IEnumerable<OriginatorTally> Scanners => Originators.Values.Where(tally => tally.IsScan);

    private BottomKMap<OriginatorKey, OriginatorTally> Originators =>
        _originators ??= new(MaximumOriginators, Comparer<OriginatorKey>.Default, Release);

    /// <summary>Adds a flow. True when it is held back: it is then no matter of findings and rules until
    /// <see cref="Release(FlowFindings, RuleLedger)"/>.</summary>
    public bool Add(Judgement judgement)
    {
        var kind = Probe.Of(judgement);
        if (kind != ProbeKind.None)
        {
            if (TallyOf(judgement.Originator) is { } tally)
                tally.AddProbe(judgement, kind);
            else
                _rest.Add(judgement);
            return true;
        }

        if ((judgement.Verdict.IsReported() || judgement.Verdict == Verdict.OutOfScope
            || (judgement.Verdict == Verdict.Background && Housekeeping.IsDiscovery(judgement.Flow)))
            && judgement.Flow is { Outcome: Outcome.Established or Outcome.Midstream })
            TallyOf(judgement.Originator)?.AddSpeech(judgement);
        return false;
    }

    /// <summary>Passes the flows of non-scanners to findings and rules, and of scanners their probes to the rules and
    /// forbidden flows to the findings.</summary>
    public void Release(FlowFindings findings, RuleLedger ledger)
    {
        _rest.ReleaseTo(findings, ledger);
        foreach (var tally in Originators.Values)
        {
            if (tally.Held is not { } held)
                continue;
            if (tally.IsScan)
                held.Sums.ReleaseAsScanTo(findings, ledger);
            else
                held.ReleaseTo(findings, ledger);
        }
    }

    public void UnionWith(ScanLedger other)
    {
        _rest.UnionWith(other._rest);
        foreach (var tally in other.Originators.Values)
        {
            if (TallyOf(tally.Originator) is { } own)
                own.UnionWith(tally);
            else if (tally.Held is { } held)
                _rest.UnionWith(held);
        }

        if (other.IsOverflown)
            Originators.NoteOverflow();
    }

    public void Persist(StateArchive archive)
    {
        _rest.Persist(archive);
        Originators.Persist(archive, OriginatorKey.Persisted, (archive, key, tally) =>
        {
            tally ??= new OriginatorTally(archive.Knowledge.HostOf(key.Address), rules);
            tally.Persist(archive);
            return tally;
        });
    }

    private void Release(OriginatorTally tally)
    {
        if (tally.Held is { } held)
            _rest.UnionWith(held);
    }

    private OriginatorTally? TallyOf(HostIdentity originator) =>
        Originators.GetOrAdd(OriginatorKey.Of(originator), () => new OriginatorTally(originator, rules));

    private readonly record struct OriginatorKey(int Rank, IpAddress Address) : IComparable<OriginatorKey>
    {
        public static OriginatorKey Of(HostIdentity host) =>
            new(host.IsListed ? 0 : host.PrimaryRole == Catalog.BuiltInRoles.Internet ? 2 : 1, host.Address);

        /// <summary>The key, saved or loaded: the rank is what the site says of the address.</summary>
        public static OriginatorKey Persisted(StateArchive archive, OriginatorKey key) =>
            Of(archive.Knowledge.HostOf(archive.Address(key.Address)));

        public int CompareTo(OriginatorKey other) =>
            Rank != other.Rank ? Rank.CompareTo(other.Rank) : Address.CompareTo(other.Address);
    }
}
