using PortAudit.Audit.Catalog;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Coverage;

/// <summary>What all pairs of hosts together did under one rule for one pair of its roles.</summary>
internal sealed class RowTally : IArchived
{
    /// <summary>Names of other services that a reason lists at most: more would hide its sentence.</summary>
    private const int MaximumOtherServices = 5;

    private readonly long[] _byStatus = new long[(int)RuleStatus.Blocked + 1];

    /// <summary>The best that was reached; null when nothing was tried.</summary>
    public RuleStatus? Best { get; private set; }

    public long Flows { get; private set; }

    /// <summary>Start of the first of them; null if none.</summary>
    public long? FirstNs { get; private set; }

    /// <summary>End of the last of them; null if none.</summary>
    public long? LastNs { get; private set; }

    /// <summary>The flows that failed; null if none, and once one exercised the rule.</summary>
    public FlowGroup? Failed { get; private set; }

    /// <summary>Flows in the range of a rule whose port was not announced.</summary>
    public long Unannounced { get; private set; }

    /// <summary>Flows in the range of a rule that were announced, but as a service that it is not about.</summary>
    public long AnnouncedElse { get; private set; }

    /// <summary>Names of those services, the ordinally first of them.</summary>
    public BottomKSet<string> OtherServices { get; } = new(MaximumOtherServices, StringComparer.Ordinal);

    /// <summary>Flows on the rule's port that were not what it asks for: in clear, or of another protocol.</summary>
    public long Misfits { get; private set; }

    /// <summary>Attempts that the capture ended too early to decide.</summary>
    public long Undecided { get; private set; }

    /// <summary>Handshakes that were left after the SYN-ACK, which say nothing of the rule.</summary>
    public long HalfOpen { get; private set; }

    /// <summary>Checks of ICE that did not get through, which is no failure of the rule.</summary>
    public long FailedProbes { get; private set; }

    /// <summary>The hosts of the site that had to do with it.</summary>
    public Participants Participants { get; } = new();

    /// <summary>Probes of port scans, which say nothing for or against the rule.</summary>
    public long ScanProbes { get; private set; }

    public HandshakeTally Handshakes { get; } = new();

    public InterventionTally Interventions { get; } = new();

    public long Of(RuleStatus status) => _byStatus[(int)status];

    /// <summary>Adds a flow that exercised or tried <paramref name="rule"/>, the row's.</summary>
    public void Add(Judgement judgement, Rule rule, RuleStatus status)
    {
        var flow = judgement.Flow;
        Handshakes.Add(flow, rule);
        Interventions.Add(flow);
        _byStatus[(int)status] += flow.Count;
        Flows += flow.Count;
        Best = Best is { } best && best <= status ? best : status;
        FirstNs = Math.Min(FirstNs ?? long.MaxValue, flow.StartNs);
        LastNs = Math.Max(LastNs ?? long.MinValue, flow.EndNs);
        if (Best.Value.IsExercised())
            Failed = null;
        else
            (Failed ??= new FlowGroup()).Add(judgement);
        Participants.Add(judgement, Participation.TookPart);
    }

    /// <summary>Adds a flow that said nothing of the rule.</summary>
    public void AddInconclusive(Judgement judgement, RuleFit fit)
    {
        var flow = judgement.Flow;
        if (fit == RuleFit.AnnouncedElse)
        {
            AddAnnouncedElse(flow);
            return;
        }

        if (fit.IsWithoutAnnouncement())
            Unannounced += flow.Count;
        else if (!fit.IsGood())
            Misfits += flow.Count;
        else if (flow.IsFailedProbe())
            FailedProbes += flow.Count;
        else if (flow.Outcome == Outcome.Undecided)
            Undecided += flow.Count;
        else if (flow.Outcome == Outcome.HalfOpen)
            HalfOpen += flow.Count;
        Participants.Add(judgement, ParticipationOf(flow, fit));
    }

    /// <summary>A prober took part; its result has its own sentence.</summary>
    private static Participation ParticipationOf(FlowRecord flow, RuleFit fit)
    {
        if (!fit.IsGood() && !fit.IsWithoutAnnouncement())
            return Participation.Misfit;
        return fit.IsGood() && flow.IsFailedProbe() ? Participation.TookPart : Participation.Unclear;
    }

    public void UnionWith(RowTally other)
    {
        for (var status = 0; status < _byStatus.Length; status++)
            _byStatus[status] += other._byStatus[status];
        Flows += other.Flows;
        if (other.Best is { } best)
            Best = Best is { } own && own <= best ? own : best;
        FirstNs = other.FirstNs is { } first ? Math.Min(FirstNs ?? long.MaxValue, first) : FirstNs;
        LastNs = other.LastNs is { } last ? Math.Max(LastNs ?? long.MinValue, last) : LastNs;
        if (Best?.IsExercised() == true)
            Failed = null;
        else if (other.Failed is { } failed)
            (Failed ??= new FlowGroup()).UnionWith(failed);
        Unannounced += other.Unannounced;
        AnnouncedElse += other.AnnouncedElse;
        OtherServices.UnionWith(other.OtherServices);
        Misfits += other.Misfits;
        Undecided += other.Undecided;
        HalfOpen += other.HalfOpen;
        FailedProbes += other.FailedProbes;
        ScanProbes += other.ScanProbes;
        Participants.UnionWith(other.Participants);
        Handshakes.UnionWith(other.Handshakes);
        Interventions.UnionWith(other.Interventions);
    }

    public void Persist(StateArchive archive)
    {
        archive.Numbers(_byStatus);
        Flows = archive.Number(Flows);
        Best = archive.Optional(Best, static (archive, status) => archive.Word(status));
        FirstNs = archive.NumberOrNull(FirstNs);
        LastNs = archive.NumberOrNull(LastNs);
        Failed = archive.Part(Failed, static () => new FlowGroup());
        Unannounced = archive.Number(Unannounced);
        AnnouncedElse = archive.Number(AnnouncedElse);
        OtherServices.Persist(archive, StateValues.Text);
        Misfits = archive.Number(Misfits);
        Undecided = archive.Number(Undecided);
        HalfOpen = archive.Number(HalfOpen);
        FailedProbes = archive.Number(FailedProbes);
        ScanProbes = archive.Number(ScanProbes);
        Participants.Persist(archive);
        Handshakes.Persist(archive);
        Interventions.Persist(archive);
    }

    /// <summary>Adds the flows of <paramref name="scanned"/> as probes of a port scan and no more.</summary>
    public void AddScan(RowTally scanned) =>
        ScanProbes += scanned.Flows + scanned.Unannounced + scanned.Misfits + scanned.Undecided
            + scanned.HalfOpen;

    private void AddAnnouncedElse(FlowRecord flow)
    {
        AnnouncedElse += flow.Count;
        if (flow.Service is { } service)
            OtherServices.Add(service);
    }
}
