using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Coverage;

/// <summary>What one pair of hosts did under one rule.</summary>
internal sealed class PairTally(HostIdentity originator, HostIdentity responder, string fromRole,
    string toRole) : IArchived
{
    /// <summary>Who opened the flows; a host of several addresses stands with the lowest that was seen.</summary>
    public HostIdentity Originator { get; private set; } = originator;

    public HostIdentity Responder { get; private set; } = responder;

    /// <summary>The originator's role by which the rule names it.</summary>
    public string FromRole { get; } = fromRole;

    /// <summary>The responder's role by which the rule names it.</summary>
    public string ToRole { get; } = toRole;

    public RuleStatus Status { get; private set; } = RuleStatus.NotTried;

    public long Flows { get; private set; }

    /// <summary>The flows that failed; null if none, and once one of them exercised the rule, for then they are no
    /// matter of the rule.</summary>
    public FlowGroup? Failed { get; private set; }

    public void Add(Judgement judgement, RuleStatus status)
    {
        Flows += judgement.Flow.Count;
        Take(status, judgement.Originator, judgement.Responder);
        if (Status.IsExercised())
            Failed = null;
        else
            (Failed ??= new FlowGroup()).Add(judgement);
    }

    /// <summary>A pair of the same hosts that did nothing yet.</summary>
    public PairTally Emptied() => new(Originator, Responder, FromRole, ToRole);

    /// <summary>Adds what <paramref name="other"/> holds of the same hosts, which is not changed.</summary>
    public void UnionWith(PairTally other)
    {
        Flows += other.Flows;
        Take(other.Status, other.Originator, other.Responder);
        if (Status.IsExercised())
            Failed = null;
        else if (other.Failed is { } failed)
            (Failed ??= new FlowGroup()).UnionWith(failed);
    }

    public void Persist(StateArchive archive)
    {
        Status = archive.Word(Status);
        Flows = archive.Number(Flows);
        Failed = archive.Part(Failed, static () => new FlowGroup());
    }

    private void Take(RuleStatus status, HostIdentity originator, HostIdentity responder)
    {
        Status = status < Status ? status : Status;
        if (originator.Address.CompareTo(Originator.Address) < 0)
            Originator = originator;
        if (responder.Address.CompareTo(Responder.Address) < 0)
            Responder = responder;
    }
}
