using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;

namespace PortAudit.Audit;

/// <summary>Flows whose verdict hangs on the same exception, or on none, added up until the exception's date can be weighed.</summary>
internal sealed class JudgedFlows
{
    /// <summary>What they say of pairs of roles.</summary>
    public RolePairLedger Pairs { get; } = new();

    /// <summary>What is reported of them unless they are excepted.</summary>
    public FlowFindings Findings { get; } = new();

    /// <summary>Adds a flow.</summary>
    public void Add(Judgement judgement)
    {
        Pairs.Add(judgement);
        Findings.Add(judgement);
    }

    /// <summary>Adds flows that are judged as they are; <paramref name="other"/> stays as it is.</summary>
    public void UnionWith(JudgedFlows other)
    {
        Pairs.UnionWith(other.Pairs, null);
        Findings.UnionWith(other.Findings);
    }

    /// <summary>Adds flows that an exception covers.</summary>
    public void AddExcepted(JudgedFlows other) => Pairs.UnionWith(other.Pairs, Verdict.Excepted);
}
