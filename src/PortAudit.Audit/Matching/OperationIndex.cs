using System.Collections.Frozen;
using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Matching;

/// <summary>Finds sensitive operations in flows that cross a border, go from client to client, or are expected by no
/// rule, and those that are usual for some roles alone wherever others do them.</summary>
/// <param name="operations">The operations.</param>
/// <param name="index">Knows which host plays which role.</param>
/// <param name="directory">Knows the borders.</param>
internal sealed class OperationIndex(SensitiveOperations operations, RuleIndex index, HostDirectory directory)
{
    /// <summary>Suffix of the identifiers of client-only roles.</summary>
    private const string ClientRole = "client";

    private readonly FrozenSet<string> _protocols =
        operations.All.SelectMany(operation => operation.Protocols).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// The operations of a judged flow that no rule names, in the order of the file; empty for nearly all flows, which
    /// costs a look-up. Where the protocol alone is the operation, a finding that calls it the wrong one or forbidden
    /// says enough.
    /// </summary>
    public ImmutableArray<OperationUse> In(Judgement judgement)
    {
        var flow = judgement.Flow;
        var byProtocol = (IsWatched(flow.Protocol) || IsWatched(flow.StartedAs)) && IsProvedConversation(flow)
            && judgement.Verdict is not (Verdict.WrongProtocol or Verdict.Forbidden);
        if ((!byProtocol && flow.Carried.IsEmpty) || IsWithinHost(judgement.Originator, judgement.Responder))
            return [];
        var isUnlikely = IsAcross(judgement.Originator, judgement.Responder)
            || judgement.Verdict is Verdict.Unexpected or Verdict.WrongDirection or Verdict.UnexplainedDynamic;
        var found = ImmutableArray.CreateBuilder<OperationUse>();
        foreach (var operation in operations.All)
        {
            if (Find(operation, flow, byProtocol) is { } uses && !IsUsual(operation, judgement)
                && (isUnlikely || operation.Attack is not null || NeedsNoBorder(operation, judgement)
                    || IsAmongClients(judgement.Originator, judgement.Responder, operation))
                && !judgement.Rules.Any(rule => rule.Fit.IsGood() && Names(rule.Rule, operation, flow)))
                found.Add(new OperationUse(operation, uses));
        }

        return found.DrainToImmutable();
    }

    /// <summary>True when an unlisted host talks to itself.</summary>
    private static bool IsWithinHost(HostIdentity originator, HostIdentity responder) =>
        !originator.IsListed && !responder.IsListed
        && AddressScope.StaysOnHost(originator.Address) && AddressScope.StaysOnHost(responder.Address);

    /// <summary>True when a border lies between the endpoints, or one is public and the other private and in no
    /// segment.</summary>
    private bool IsAcross(HostIdentity originator, HostIdentity responder) =>
        directory.IsBorderBetween(originator, responder)
        || (originator.Segment is null && responder.Segment is null
            && AddressScope.IsInternal(originator.Address) != AddressScope.IsInternal(responder.Address));

    /// <summary>
    /// True when both endpoints are clients. An unlisted private address counts as a client if the other endpoint is
    /// one; between two unlisted addresses, both private or both public, only control of a host or a session on it is
    /// reported.
    /// </summary>
    private static bool IsAmongClients(HostIdentity originator, HostIdentity responder, SensitiveOperation operation) =>
        (IsClient(originator) && IsClient(responder))
        || (((MayBeClient(originator) && MayBeClient(responder)) || (!originator.IsListed && !responder.IsListed))
            && (operation.Risk == OperationRisk.High || !operation.Protocols.IsEmpty
                || IsClient(originator) || IsClient(responder)));

    /// <summary>True for a host that has the roles of clients alone.</summary>
    public static bool IsClient(HostIdentity host) =>
        host.Roles.All(role => role.EndsWith(ClientRole, StringComparison.Ordinal));

    private static bool MayBeClient(HostIdentity host) =>
        IsClient(host) || (!host.IsListed && AddressScope.IsInternal(host.Address));

    /// <summary>True when both sides sent data and the server did not decline.</summary>
    private static bool IsProvedConversation(FlowRecord flow) =>
        ProtocolComparison.IsProof(flow.ProtocolBasis) && flow.Outcome.Passed() && flow.Refusal is null
        && flow.Out.PayloadBytes > 0 && flow.In.PayloadBytes > 0;

    private bool IsWatched(string? protocol) => protocol is not null && _protocols.Contains(protocol);

    /// <summary>What of a flow shows an operation; null when nothing does.</summary>
    private static ImmutableArray<CarriedUse>? Find(SensitiveOperation operation, FlowRecord flow, bool byProtocol)
    {
        if (byProtocol && operation.Protocols.Any(name => name == flow.Protocol || name == flow.StartedAs)
            && (operation.Services.IsEmpty || operation.Services.Contains(flow.Service ?? "")))
            return [];
        var uses = flow.Carried.Where(use => IsUse(operation, use)).ToImmutableArray();
        return uses.IsEmpty ? null : uses;
    }

    private static bool IsUse(SensitiveOperation operation, CarriedUse use) => use.Kind switch
    {
        CarriedKind.Interface => operation.Calls.IsEmpty && operation.Interfaces.Contains(use.Name),
        CarriedKind.Call => operation.Interfaces.Contains(use.Name)
            && (operation.Calls.IsEmpty || operation.Calls.Contains(use.Operation)),
        CarriedKind.Program => operation.IsProgram,
        CarriedKind.Attack => operation.Attack == use.Name,
        CarriedKind.Share or CarriedKind.Referral or CarriedKind.Channel => false,
    };

    /// <summary>True for an operation that is usual for some roles alone, where the site says who has which role: of
    /// two hosts that it does not list either may have it.</summary>
    private static bool NeedsNoBorder(SensitiveOperation operation, Judgement judgement) =>
        !(operation.UsualFrom.IsEmpty && operation.UsualTo.IsEmpty)
        && (judgement.Originator.IsListed || judgement.Responder.IsListed);

    private bool IsUsual(SensitiveOperation operation, Judgement judgement) =>
        index.IsOneOf(judgement.Originator, operation.UsualFrom)
        || index.IsOneOf(judgement.Responder, operation.UsualTo);

    /// <summary>
    /// True when a rule that lets the flow pass means the operation: it lists it, or names its protocol, its interface,
    /// or the port alone at which it is found. Single calls are meant by no rule that does not list the operation.
    /// </summary>
    private static bool Names(BoundRule rule, SensitiveOperation operation, FlowRecord flow)
    {
        if (rule.Rule.Operations.Contains(operation.Id))
            return true;
        if (!operation.Calls.IsEmpty || operation.IsProgram || operation.Attack is not null)
            return false;
        if (!operation.Interfaces.IsEmpty)
            return rule.Rule.Services.Intersect(operation.Interfaces, StringComparer.OrdinalIgnoreCase).Any()
                || (ProtocolRegistry.Find(flow.Protocol) is { HasInterfaces: true } && IsForPort(rule, flow));
        var names = operation.Services.IsEmpty ? operation.Protocols : operation.Services;
        return names.Any(name => rule.Rule.Protocols.Contains(name)
            || (IsForPort(rule, flow) && IsPortOf(name, flow.Responder.Port)));
    }

    private static bool IsForPort(BoundRule rule, FlowRecord flow) =>
        rule.Ports.Any(range => range.Size == 1 && range.Contains(flow.Responder.Port));

    private static bool IsPortOf(string protocol, ushort port) =>
        ProtocolRegistry.Find(protocol) is { } row && (row.TcpPorts.Contains(port) || row.UdpPorts.Contains(port));
}
