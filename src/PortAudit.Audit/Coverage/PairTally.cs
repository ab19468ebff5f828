using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;

namespace PortAudit.Audit.Coverage;

/// <summary>What one pair of hosts did under one rule.</summary>
internal sealed class PairTally(HostIdentity originator, HostIdentity responder, string fromRole, string toRole)
{
    /// <summary>Who opened the flows; a host of several addresses stands with the lowest that was seen.</summary>
    public HostIdentity Originator { get; private set; } = originator;

    /// <summary>Who answered, or should have.</summary>
    public HostIdentity Responder { get; private set; } = responder;

    /// <summary>The originator's role by which the rule names it.</summary>
    public string FromRole { get; } = fromRole;

    /// <summary>The responder's role by which the rule names it.</summary>
    public string ToRole { get; } = toRole;

    /// <summary>The best that the pair reached.</summary>
    public RuleStatus Status { get; private set; } = RuleStatus.NotTried;

    /// <summary>Number of flows.</summary>
    public long Flows { get; private set; }

    /// <summary>The flows that failed; null once one of them exercised the rule, for then they are no matter of the rule.</summary>
    public FlowGroup? Failed { get; private set; } = new();

    /// <summary>Adds a flow.</summary>
    public void Add(Judgement judgement, RuleStatus status)
    {
        Flows++;
        Status = status < Status ? status : Status;
        if (judgement.Originator.Address.CompareTo(Originator.Address) < 0)
            Originator = judgement.Originator;
        if (judgement.Responder.Address.CompareTo(Responder.Address) < 0)
            Responder = judgement.Responder;
        if (status.IsExercised())
            Failed = null;
        Failed?.Add(judgement);
    }

    /// <summary>An empty tally of the same pair.</summary>
    public PairTally Blank() => new(Originator, Responder, FromRole, ToRole);

    /// <summary>Adds the flows of <paramref name="other"/>, of the same pair, which stays as it is.</summary>
    public void UnionWith(PairTally other)
    {
        Flows += other.Flows;
        Status = other.Status < Status ? other.Status : Status;
        if (other.Originator.Address.CompareTo(Originator.Address) < 0)
            Originator = other.Originator;
        if (other.Responder.Address.CompareTo(Responder.Address) < 0)
            Responder = other.Responder;
        if (other.Failed is null)
            Failed = null;
        else
            Failed?.UnionWith(other.Failed);
    }
}
