using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Matching;

/// <summary>A rule that covers a flow, and how the flow compares with it.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Fit">The comparison.</param>
internal readonly record struct JudgedRule(BoundRule Rule, RuleFit Fit);

/// <summary>What the rules say of one flow.</summary>
internal sealed record Judgement
{
    public required FlowRecord Observed { get; init; }

    /// <summary>The flow as the audit shows it: flipped by the inventory, and named by role and port inside TLS, where
    /// that applies.</summary>
    public required FlowRecord Flow { get; init; }

    public required HostIdentity Originator { get; init; }

    public required HostIdentity Responder { get; init; }

    /// <summary>The originator's role by which the shown rule names it, else its first.</summary>
    public required string FromRole { get; init; }

    /// <summary>The responder's role by which the shown rule names it, else its first.</summary>
    public required string ToRole { get; init; }

    /// <summary>The verdict before exceptions: an exception's date is weighed against the capture's last packet, which
    /// comes later.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The rule that is shown; for <see cref="Verdict.WrongDirection"/> the one that covers the reverse; null
    /// if none.</summary>
    public BoundRule? Shown { get; init; }

    public ImmutableArray<JudgedRule> Rules { get; init; } = [];

    /// <summary>True when the rules that fit want both sides to show certificates, and the handshake proves that one
    /// did not.</summary>
    public bool LacksMutualTls { get; init; }

    /// <summary>Indexes of the site's exceptions that cover it, latest expiry first; empty when it needs
    /// none.</summary>
    public ImmutableArray<int> Exceptions { get; init; } = [];

    /// <summary>Whether the flow reached the responder; by the flow alone where nothing else is known.</summary>
    public Reach Reach => SettledReach ?? Flow.Reach;

    /// <summary>What is known of it by other flows; null where only the flow itself was asked.</summary>
    public Reach? SettledReach { get; init; }

    public ReachBasis ReachBasis { get; init; }

    /// <summary>The same connection as other capture points recorded it; empty where one point alone did.</summary>
    public ImmutableArray<FlowRecord> Elsewhere { get; init; } = [];

    /// <summary>What a model takes the flow for by its behaviour; null without a model, where bytes prove the protocol,
    /// and where no kind is likely enough.</summary>
    public NamedBehaviour? Behaviour { get; init; }

    /// <summary>True when the rules let it pass by its port, and it behaves like nothing that they are for.</summary>
    public bool IsUnlikeItsRules { get; init; }

    /// <summary>Sensitive operations that bytes prove in it and that no rule names.</summary>
    public ImmutableArray<OperationUse> Operations { get; init; } = [];

    /// <summary>The first of the exceptions, which holds longest: unless it has expired, the flow is
    /// <see cref="Matching.Verdict.Excepted"/>. Null without one.</summary>
    public int? DecidingException => Exceptions is [var first, ..] ? first : null;
}
