using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.PolicyReview;

/// <summary>How sure it is that a rule decided a connection.</summary>
internal enum RuleCertainty
{
    /// <summary>Another rule may have decided it.</summary>
    Possible,

    /// <summary>It depends on a condition, but the connection passed, and no other rule permits it.</summary>
    Inferred,

    /// <summary>It did.</summary>
    Sure,
}

/// <summary>The connections that one rule of a firewall decided.</summary>
internal sealed class RuleUse : IArchived
{
    /// <summary>Hosts kept on a side, the lowest addresses.</summary>
    public const int MaxHosts = 100;

    /// <summary>Responder ports kept, the lowest.</summary>
    public const int MaxPorts = 256;

    /// <summary>Connections that it decided.</summary>
    public long Connections { get; private set; }

    /// <summary>Those of them that no rule of documents or site covers.</summary>
    public long Uncovered { get; private set; }

    /// <summary>Those of them that rules cover and of which something else is wrong: another protocol, no TLS, a port
    /// that was not announced.</summary>
    public long Faulty { get; private set; }

    /// <summary>Connections that it may have decided: the configuration or the capture does not say enough.</summary>
    public long Possible { get; private set; }

    /// <summary>Those of <see cref="Connections"/> that only it can have let through, if its conditions held: they
    /// reached the responder, and no other rule permits them.</summary>
    public long Inferred { get; private set; }

    /// <summary>Sum of original frame lengths of <see cref="Connections"/>.</summary>
    public long Bytes { get; private set; }

    /// <summary>Start of the first of <see cref="Connections"/>; null without any.</summary>
    public long? FirstNs { get; private set; }

    /// <summary>End of the last of them; null without any.</summary>
    public long? LastNs { get; private set; }

    /// <summary>Who opened them.</summary>
    public BottomKSet<IpAddress> Originators { get; } = new(MaxHosts);

    /// <summary>Who was asked.</summary>
    public BottomKSet<IpAddress> Responders { get; } = new(MaxHosts);

    /// <summary>Responder ports of transports that have ports.</summary>
    public BottomKSet<ushort> Ports { get; } = new(MaxPorts);

    /// <summary>Adds a connection.</summary>
    /// <param name="judgement">The connection.</param>
    /// <param name="how">How sure it is that the rule decided it.</param>
    public void Add(Judgement judgement, RuleCertainty how)
    {
        var flow = judgement.Flow;
        if (how == RuleCertainty.Possible)
        {
            Possible += flow.Count;
            return;
        }

        Inferred += how == RuleCertainty.Inferred ? flow.Count : 0;
        Connections += flow.Count;
        Uncovered += IsUncovered(judgement.Verdict) ? flow.Count : 0;
        Faulty += judgement.Verdict.IsEscape() && !IsUncovered(judgement.Verdict) ? flow.Count : 0;
        Bytes += flow.Out.Bytes + flow.In.Bytes;
        FirstNs = Math.Min(FirstNs ?? long.MaxValue, flow.StartNs);
        LastNs = Math.Max(LastNs ?? long.MinValue, flow.EndNs);
        Originators.Add(flow.Originator.Address);
        Responders.Add(flow.Responder.Address);
        if (flow.Transport.HasPorts)
            Ports.Add(flow.Responder.Port);
    }

    /// <summary>Adds what <paramref name="other"/> holds, which stays as it is.</summary>
    public void UnionWith(RuleUse other)
    {
        Connections += other.Connections;
        Uncovered += other.Uncovered;
        Faulty += other.Faulty;
        Possible += other.Possible;
        Inferred += other.Inferred;
        Bytes += other.Bytes;
        FirstNs = other.FirstNs is { } first ? Math.Min(FirstNs ?? long.MaxValue, first) : FirstNs;
        LastNs = other.LastNs is { } last ? Math.Max(LastNs ?? long.MinValue, last) : LastNs;
        Originators.UnionWith(other.Originators);
        Responders.UnionWith(other.Responders);
        Ports.UnionWith(other.Ports);
    }

    /// <inheritdoc />
    public void Persist(StateArchive archive)
    {
        Connections = archive.Number(Connections);
        Uncovered = archive.Number(Uncovered);
        Faulty = archive.Number(Faulty);
        Possible = archive.Number(Possible);
        Inferred = archive.Number(Inferred);
        Bytes = archive.Number(Bytes);
        FirstNs = archive.NumberOrNull(FirstNs);
        LastNs = archive.NumberOrNull(LastNs);
        Originators.Persist(archive, StateValues.Address);
        Responders.Persist(archive, StateValues.Address);
        Ports.Persist(archive, StateValues.Port);
    }

    private static bool IsUncovered(Verdict verdict) => verdict is Verdict.Unexpected or Verdict.WrongDirection;
}
