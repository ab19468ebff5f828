using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Connections;

/// <summary>Joins the two directions of a connection that a tap or mirror port shows under two VLANs.</summary>
internal static class VlanHalves
{
    /// <summary>How long before or after the other direction one may begin or end: an answer takes no longer.</summary>
    private const long ToleranceNs = 5_000_000_000;

    /// <summary>The connections of flows between the same endpoints, halves joined.</summary>
    /// <param name="flows">The flows.</param>
    /// <param name="vlans">Receives the pairs of VLANs.</param>
    public static ImmutableArray<Connection> Join(ImmutableArray<FlowRecord> flows, VlanPairs vlans)
    {
        var joined = ImmutableArray.CreateBuilder<Connection>(flows.Length);
        var waiting = new List<FlowRecord>();
        foreach (var flow in flows.Order(FlowOrder.ByStart))
        {
            if (!IsHalf(flow))
            {
                joined.Add(new Connection(flow, []));
                continue;
            }

            if (waiting.Find(other => AreComplementary(other, flow)) is not { } half)
            {
                waiting.Add(flow);
                continue;
            }

            waiting.Remove(half);
            vlans.Add(flow.CapturePoint, half.Vlan, flow.Vlan);
            joined.Add(Whole(half, flow));
        }

        joined.AddRange(waiting.Select(flow => new Connection(flow, [])));
        return joined.DrainToImmutable();
    }

    private static bool IsHalf(FlowRecord flow) => (flow.Out.Packets == 0) != (flow.In.Packets == 0);

    private static bool AreComplementary(FlowRecord one, FlowRecord other) =>
        one.Vlan != other.Vlan && one.CapturePoint == other.CapturePoint && SenderOf(one) != SenderOf(other)
        && one.StartNs <= other.EndNs + ToleranceNs && other.StartNs <= one.EndNs + ToleranceNs;

    private static Endpoint SenderOf(FlowRecord flow) => flow.Out.Packets > 0 ? flow.Originator : flow.Responder;

    /// <summary>The half with the better direction basis leads. The other half overrides its view of the other
    /// direction.</summary>
    private static Connection Whole(FlowRecord one, FlowRecord other)
    {
        var (lead, second) = other.DirectionBasis > one.DirectionBasis ? (other, one) : (one, other);
        var isLeadOriginators = lead.Out.Packets > 0;
        var sent = second.Out.Packets > 0 ? second.Out : second.In;
        var stream = second.Out.Packets > 0 ? second.StreamOut : second.StreamIn;
        var named = ProtocolComparison.IsProof(lead.ProtocolBasis) || !ProtocolComparison.IsProof(second.ProtocolBasis)
            ? lead
            : second;
        var history = second.Originator == lead.Originator ? second.History : Turned(second.History);
        var whole = lead with
        {
            StartNs = Math.Min(lead.StartNs, second.StartNs),
            EndNs = Math.Max(lead.EndNs, second.EndNs),
            History = lead.History + history,
            Out = isLeadOriginators ? lead.Out : sent,
            In = isLeadOriginators ? sent : lead.In,
            StreamOut = isLeadOriginators ? lead.StreamOut : stream,
            StreamIn = isLeadOriginators ? stream : lead.StreamIn,
            SynCount = Math.Max(lead.SynCount, second.Originator == lead.Originator ? second.SynCount : 0),
            Protocol = named.Protocol,
            ProtocolBasis = named.ProtocolBasis,
            ProtocolFrame = named.ProtocolFrame,
            Service = named.Service,
            ServiceBasis = named.ServiceBasis,
            Tls = lead.Tls ?? second.Tls,
            ByteTimes = ByteTimes.Of(lead.ByteTimes, second.ByteTimes),
            Behaviour = null, // neither half knows the turns between them
        };
        return new Connection(whole with { Outcome = OutcomeOf(whole, lead) }, [second]);
    }

    private static Outcome OutcomeOf(FlowRecord whole, FlowRecord lead)
    {
        if (lead.Outcome is Outcome.Rejected || !HasTcpHistory(whole))
            return lead.Outcome is Outcome.Rejected ? Outcome.Rejected : Outcome.Established;
        if (whole.SynCount == 0 && !whole.History.Contains('S', StringComparison.Ordinal))
            return Outcome.Midstream;
        if (!whole.History.AsSpan().ContainsAny("hadf"))
            return Outcome.Refused;
        return whole.History.AsSpan().ContainsAny("ADF") ? Outcome.Established : Outcome.OneWay;
    }

    private static bool HasTcpHistory(FlowRecord flow) => flow.Transport == Traffic.Wire.IpProtocol.Tcp;

    /// <summary>A history as it reads when the other side is the originator.</summary>
    private static string Turned(string history) => string.Concat(history.Select(letter =>
        char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter)));
}
