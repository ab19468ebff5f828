using System.Collections.Immutable;
using PortAudit.Audit.Behaviour;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>Gives a flow its verdict (design §2). Remembers nothing of earlier flows but what it looked up: the order
/// of flows cannot matter. For one thread.</summary>
/// <param name="index">The rules that apply.</param>
/// <param name="directory">Who has which address.</param>
/// <param name="housekeeping">What belongs to the link.</param>
/// <param name="exceptions">The site's exceptions.</param>
/// <param name="cautions">What catalogs prohibit.</param>
/// <param name="conduits">What holds between segments.</param>
/// <param name="behaviours">Names flows whose protocol no bytes prove; null for none.</param>
internal sealed class FlowJudge(RuleIndex index, HostDirectory directory, Housekeeping housekeeping,
    ExceptionIndex exceptions, CautionIndex cautions, ConduitIndex conduits, BehaviourModel? behaviours = null)
{
    private readonly OperationIndex _operations = new(SensitiveOperations.Shipped, index, directory);

    /// <summary>The widest range that suggests a service. Ephemeral ports start at 1024 (RFC 6056 §3.2) and lie in wide
    /// ranges by chance, so such a match does not contradict a direction; an announcement does.</summary>
    public const int WidestServiceRange = 100;

    private readonly CoveringRules _covering = new(index);

    public Judgement Judge(FlowRecord flow)
    {
        var judgement = WithBehaviour(JudgeByRules(flow));
        var operations = _operations.In(judgement);
        if (operations.IsEmpty)
            return judgement;
        var excused = judgement.Exceptions.IsEmpty
            ? exceptions.Covering(judgement.Flow, judgement.Originator, judgement.Responder)
            : judgement.Exceptions;
        return judgement with
        {
            Operations = operations,
            Exceptions = excused,
            Verdict = MakesUnexpected(judgement.Verdict, operations) ? Verdict.Unexpected : judgement.Verdict,
        };
    }

    /// <summary>Adds what a model takes the flow for. It changes no verdict.</summary>
    private Judgement WithBehaviour(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (behaviours is null || ProtocolComparison.IsProof(flow.ProtocolBasis)
            || judgement.Verdict is Verdict.Background or Verdict.OutOfScope
            || behaviours.Name(judgement.Observed) is not { } named)
            return judgement;
        var fitting = judgement.Rules.Where(rule => rule.Fit.IsGood()).ToList();
        var isUnlike = judgement.Verdict is Verdict.ExpectedByPort or Verdict.ExpectedDynamic && fitting.Count > 0
            && fitting.All(rule => UnlikeProtocol.Holds(rule.Rule.Rule.Protocols, named.Kind));
        return judgement with
        {
            Behaviour = named,
            IsUnlikeItsRules = isUnlike,
            Exceptions = isUnlike
                ? exceptions.Covering(flow, judgement.Originator, judgement.Responder)
                : judgement.Exceptions,
        };
    }

    /// <summary>True where what gives control of a host is between hosts of which the site says nothing, and for an
    /// attack whatever its port: no rule lets these pass.</summary>
    private static bool MakesUnexpected(Verdict verdict, ImmutableArray<OperationUse> operations) =>
        (verdict == Verdict.OutOfScope && operations.Any(use => use.Operation.Risk == OperationRisk.High))
        || ((verdict == Verdict.OutOfScope || verdict.IsAllowed())
            && operations.Any(use => use.Operation.Attack is not null));

    private Judgement JudgeByRules(FlowRecord flow)
    {
        var originator = directory.Resolve(flow.Originator.Address);
        var responder = directory.Resolve(flow.Responder.Address);
        if (Housekeeping.IsLinkUpkeep(flow))
            return WithoutRule(flow, flow, originator, responder, Verdict.Background);

        var covering = WithoutContradicted(flow, Covering(flow.Transport, flow.Responder.Port, originator, responder));
        var isToGroup = housekeeping.IsToGroup(flow);
        if (covering.IsEmpty && (isToGroup
            || (Housekeeping.IsDiscovery(flow) && directory.AreNeighbours(originator, responder))))
            return WithoutRule(flow, flow, originator, responder, Verdict.Background);
        if (!IsInScope(flow, originator, responder, covering))
            return WithoutRule(flow, flow, originator, responder, Verdict.OutOfScope);
        var judgement = covering.IsEmpty
            ? JudgeUncovered(flow, originator, responder)
            : JudgeCovered(flow, flow, originator, responder, covering);
        return cautions.Violated(judgement.Flow, judgement.Originator, judgement.Responder) is { } caution
            ? Forbid(judgement, caution)
            : judgement;
    }

    /// <summary>The rules that cover a port between two hosts; without those for any host where the site is proposed
    /// and the Internet asks.</summary>
    private ImmutableArray<RuleMatch> Covering(IpProtocol transport, ushort port, HostIdentity from, HostIdentity to)
    {
        var covering = _covering.Of(transport, port, from, to);
        return covering.IsEmpty || !directory.IsUnconfirmed(from, to)
            ? covering
            : [.. covering.Where(match => !match.Rule.Rule.From.Contains(BuiltInRoles.Any)
                || match.Rule.Rule.From.Contains(BuiltInRoles.Internet))];
    }

    /// <summary>True when the flow concerns the site: an endpoint has a role, a border lies between the endpoints, or a
    /// site rule covers it. Catalog rules for any host do not count.</summary>
    private bool IsInScope(FlowRecord flow, HostIdentity originator, HostIdentity responder,
        ImmutableArray<RuleMatch> covering) =>
        originator.IsListed || responder.IsListed || directory.IsBorderBetween(originator, responder)
        || covering.Any(IsOfSite) || (flow.CanFlip() && Reverse(flow, originator, responder).Any(IsOfSite));

    private static bool IsOfSite(RuleMatch match) => match.Rule.Rule.Catalog == RuleScope.SiteCatalog;

    /// <summary>
    /// The rules without the wide ranges of which the bytes prove another protocol than the rule carries: such a range
    /// holds ports of all kinds of services, so that it says nothing of this one. What was announced there for the
    /// rule's protocol is judged by the rule all the same.
    /// </summary>
    private static ImmutableArray<RuleMatch> WithoutContradicted(FlowRecord flow, ImmutableArray<RuleMatch> covering)
    {
        foreach (var match in covering)
        {
            if (IsContradicted(flow, match))
                return [.. covering.Where(each => !IsContradicted(flow, each))];
        }

        return covering;
    }

    private static bool IsContradicted(FlowRecord flow, RuleMatch match) =>
        match.Width > WidestServiceRange && match.Rule.Allows && flow.Transport.HasPorts
        && ProtocolComparison.IsContradicted(flow, match.Rule.Rule);

    /// <summary>A caution stands above the rules: what they allow is still not to cross a firewall there.</summary>
    private Judgement Forbid(Judgement judgement, BoundRule caution) => judgement with
    {
        Verdict = Verdict.Forbidden,
        LacksMutualTls = false,
        Shown = caution,
        FromRole = index.RoleAmong(judgement.Originator, caution.Rule.From),
        ToRole = index.RoleAmong(judgement.Responder, caution.Rule.To),
        Exceptions = exceptions.Covering(judgement.Flow, judgement.Originator, judgement.Responder),
    };

    private Judgement JudgeUncovered(FlowRecord flow, HostIdentity originator, HostIdentity responder)
    {
        if (RuleOfAnswer(flow, originator, responder) is { } asked)
            return WithoutRule(flow, flow, originator, responder, Verdict.ExpectedDynamic) with { Shown = asked };
        if ((_covering.OfUnseenRequest(flow, originator, responder)
            ?? _covering.OfUnseenRequest(flow, responder, originator)) is { } unseen)
            return WithoutRule(flow, flow, originator, responder, Verdict.UnobservableDynamic) with { Shown = unseen };
        var reverse = Reverse(flow, originator, responder);
        if (flow.CanFlip())
        {
            var turned = flow.Turn();
            if (!reverse.IsEmpty)
                return JudgeCovered(flow, turned, responder, originator, reverse);
            var excused = exceptions.Covering(flow, originator, responder).IsEmpty
                && !exceptions.Covering(turned, responder, originator).IsEmpty;
            return excused
                ? WithoutRule(flow, turned, responder, originator, Verdict.Unexpected)
                : JudgeByConduit(flow, originator, responder)
                    ?? WithoutRule(flow, flow, originator, responder, Verdict.Unexpected);
        }

        if (JudgeByConduit(flow, originator, responder) is { } byConduit)
            return byConduit;
        var shown = reverse.FirstOrDefault(match => match.Rule.Allows).Rule;
        if (shown is null)
            return WithoutRule(flow, flow, originator, responder, Verdict.Unexpected);
        return WithoutRule(flow, flow, originator, responder, Verdict.WrongDirection) with
        {
            Shown = shown,
            FromRole = index.RoleAmong(originator, shown.Rule.To),
            ToRole = index.RoleAmong(responder, shown.Rule.From),
        };
    }

    /// <summary>What the conduit between two segments says of a flow that no rule covers; null when there is none that
    /// permits or forbids.</summary>
    private Judgement? JudgeByConduit(FlowRecord flow, HostIdentity originator, HostIdentity responder)
    {
        if (conduits.Between(originator, responder) is not { } conduit)
            return null;
        var verdict =
            conduit.Allows ? ProtocolComparison.Compare(flow, conduit.Rule).ToVerdict() : Verdict.Forbidden;
        return WithoutRule(flow, flow, originator, responder, verdict) with { Shown = conduit };
    }

    /// <summary>The rules that cover the flow in the other direction.</summary>
    private ImmutableArray<RuleMatch> Reverse(FlowRecord flow, HostIdentity originator, HostIdentity responder)
    {
        var reverse = Covering(flow.Transport, flow.Originator.Port, responder, originator);
        return flow.Announcement?.Announcement.Server == flow.Originator
            ? reverse
            : [.. reverse.Where(match => match.Width <= WidestServiceRange || !flow.Transport.HasPorts)];
    }

    /// <summary>The rule for a request that is answered from another port than it went to (TFTP), when the flow is the
    /// answer to one.</summary>
    private BoundRule? RuleOfAnswer(FlowRecord flow, HostIdentity originator, HostIdentity responder)
    {
        if (flow.Announcement?.Announcement is not { } announcement
            || announcement.Server.Address != flow.Responder.Address)
            return null;
        return _covering.Of(flow.Transport, announcement.Announcer.Port, responder, originator)
            .FirstOrDefault(match => match.Rule.Allows && match.Rule.Rule.Replies == Replies.OtherPort
                && ProtocolKinship.Accepts(match.Rule.Rule.Protocols, announcement.AnnouncedBy)).Rule;
    }

    private Judgement JudgeCovered(
        FlowRecord observed, FlowRecord flow, HostIdentity originator, HostIdentity responder,
        ImmutableArray<RuleMatch> covering)
    {
        var judged = ImmutableArray.CreateBuilder<JudgedRule>(covering.Length);
        BoundRule? forbidding = null;
        JudgedRule best = default;
        foreach (var (rule, _) in covering)
        {
            if (!rule.Allows)
            {
                forbidding ??= rule;
                continue;
            }

            var fitted = new JudgedRule(rule, ProtocolComparison.Compare(flow, rule.Rule));
            best = best.Rule is null || IsBetter(fitted, best, flow) ? fitted : best;
            judged.Add(fitted);
        }

        var shown = forbidding ?? best.Rule;
        var verdict = forbidding is null ? best.Fit.ToVerdict() : Verdict.Forbidden;
        var lacksMutualTls = forbidding is null && flow.LacksMutualTls() && WantMutualTls(judged);
        return new Judgement
        {
            Observed = observed,
            Flow = best.Rule is not null && best.Fit.IsGood() ? NameByRoleAndPort(flow, best.Rule) : flow,
            Originator = originator,
            Responder = responder,
            FromRole = index.RoleAmong(originator, shown.Rule.From),
            ToRole = index.RoleAmong(responder, shown.Rule.To),
            Verdict = verdict,
            Shown = shown,
            Rules = judged.DrainToImmutable(),
            LacksMutualTls = lacksMutualTls,
            Exceptions =
                !verdict.IsReported() && !lacksMutualTls ? [] : exceptions.Covering(flow, originator, responder),
        };
    }

    /// <summary>True when all rules that the flow fits, and there is one, want certificates of both sides: one that
    /// does not is reason enough for it.</summary>
    private static bool WantMutualTls(IEnumerable<JudgedRule> judged) =>
        judged.Where(rule => rule.Fit.IsGood()).Select(rule => rule.Rule.Rule.Security == TransportSecurity.Mtls)
            .DefaultIfEmpty(false).All(wants => wants);

    /// <summary>Of equals a rule that names the flow's service is better than one for any; else the first stays the
    /// best, as the rules come in the order of preference.</summary>
    private static bool IsBetter(JudgedRule judged, JudgedRule than, FlowRecord flow) =>
        judged.Fit != than.Fit
            ? judged.Fit < than.Fit
            : NamesService(judged.Rule.Rule, flow) && !NamesService(than.Rule.Rule, flow);

    private static bool NamesService(Rule rule, FlowRecord flow) =>
        flow.Service is { } service && rule.Services.Contains(service, StringComparer.OrdinalIgnoreCase);

    private Judgement WithoutRule(FlowRecord observed, FlowRecord flow, HostIdentity originator, HostIdentity responder,
        Verdict verdict) => new()
        {
            Observed = observed,
            Flow = flow,
            Originator = originator,
            Responder = responder,
            FromRole = originator.PrimaryRole,
            ToRole = responder.PrimaryRole,
            Verdict = verdict,
            Exceptions = !verdict.IsReported() ? [] : exceptions.Covering(flow, originator, responder),
        };

    // What is inside TLS is named by role and port when nothing better is known and only one name comes into question.
    private static FlowRecord NameByRoleAndPort(FlowRecord flow, BoundRule rule)
    {
        if (flow.Service is not null || rule.Rule.Protocols is not [var only] || only == flow.Protocol
            || !ProtocolComparison.IsSecurityLayer(flow.Protocol))
            return flow;
        return flow with { Service = only, ServiceBasis = IdentificationBasis.Port };
    }
}
