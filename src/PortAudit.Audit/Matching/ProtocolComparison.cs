using PortAudit.Audit.Catalog;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>Compares what was identified in a flow with what a rule asks for. A missing identification is never
/// evidence of misuse.</summary>
internal static class ProtocolComparison
{
    /// <summary>Most payload bytes that a client sends before a server that wants TLS closes the connection: a usual
    /// TCP window.</summary>
    private const long MostRefused = 65_536;

    /// <summary>The comparison of <paramref name="flow"/> with one rule that covers it.</summary>
    public static RuleFit Compare(FlowRecord flow, Rule rule) =>
        rule.AnnouncedBy.IsEmpty ? CompareBytes(flow, rule) : CompareAnnounced(flow, rule);

    /// <summary>True when bytes prove another protocol than a rule carries, and nothing announced the port for the
    /// rule's.</summary>
    public static bool IsContradicted(FlowRecord flow, Rule rule) =>
        CompareBytes(flow, rule) == RuleFit.WrongProtocol
        && (flow.Announcement is not { } match || (!rule.AnnouncedBy.IsEmpty
            && !rule.AnnouncedBy.Contains(match.Announcement.AnnouncedBy, StringComparer.Ordinal)));

    /// <summary>True when bytes prove the name, not a port, a model or a control channel.</summary>
    public static bool IsProof(IdentificationBasis basis) =>
        basis is IdentificationBasis.Payload or IdentificationBasis.Handshake;

    /// <summary>True for TLS, whose name alone says nothing of the service.</summary>
    public static bool IsSecurityLayer(string? protocol) =>
        ProtocolRegistry.Find(protocol) is { IsSecurityLayer: true };

    private static RuleFit CompareAnnounced(FlowRecord flow, Rule rule)
    {
        if (flow.Announcement is not { } match
            || !rule.AnnouncedBy.Contains(match.Announcement.AnnouncedBy, StringComparer.Ordinal))
            return flow.Log is { Source.KnowsAnnouncements: false } ? RuleFit.Unobservable : RuleFit.Unannounced;
        var fit = CompareBytes(flow, rule);
        if (!fit.IsGood())
            return fit;
        if (!rule.Services.IsEmpty && flow.Service is { } service
            && !rule.Services.Contains(service, StringComparer.OrdinalIgnoreCase))
            return RuleFit.AnnouncedElse;
        return fit == RuleFit.Proved ? RuleFit.AnnouncedProved : RuleFit.Announced;
    }

    private static RuleFit CompareBytes(FlowRecord flow, Rule rule)
    {
        if (!flow.Transport.HasPorts)
            return RuleFit.Proved; // the IP header itself names it
        if (flow.Declined is { } asked)
            return CompareDeclined(flow, asked, rule);
        if (flow.Protocol is not { } protocol || !IsProof(flow.ProtocolBasis))
            return RuleFit.ByPort;
        return IsSecurityLayer(protocol) ? CompareTls(flow, protocol, rule) : ComparePlain(flow, protocol, rule);
    }

    /// <summary>A request that was not accepted exercises nothing. One for TLS that was answered in clear shows that
    /// TLS is off; one in clear that was answered by anything shows nothing of the kind.</summary>
    private static RuleFit CompareDeclined(FlowRecord flow, string asked, Rule rule)
    {
        var isClear = IsSecurityLayer(asked) && flow.Protocol != asked && IsProof(flow.ProtocolBasis);
        return isClear && (rule.Security is TransportSecurity.Tls or TransportSecurity.Mtls)
            ? RuleFit.Cleartext
            : RuleFit.Declined;
    }

    private static RuleFit ComparePlain(FlowRecord flow, string protocol, Rule rule)
    {
        var isAsked = rule.Protocols.IsEmpty
            || ProtocolKinship.Accepts(rule.Protocols, protocol)
            || (flow.Service is { } service && IsProof(flow.ServiceBasis)
                && ProtocolKinship.Accepts(rule.Protocols, service))
            || BeganAs(flow, rule);
        if (!isAsked)
            return RuleFit.WrongProtocol;

        // A handshake inside the protocol (STARTTLS, TDS) is TLS all the same.
        var demandsTls = rule.Security is TransportSecurity.Tls or TransportSecurity.Mtls;
        if (!demandsTls || flow.Tls is not null)
            return RuleFit.Proved;
        if (EndedByResponderInSilence(flow))
            return RuleFit.Declined;

        // One direction, and some logs, do not show whether TLS was agreed on: neither contradiction nor proof.
        return (flow.Outcome == Outcome.OneWay || flow.Log is { Source.KnowsStartTls: false })
            && ProtocolRegistry.Find(protocol) is { MayStartTls: true }
            ? RuleFit.ByPort
            : RuleFit.Cleartext;
    }

    /// <summary>A server that closes without answering did not accept cleartext, as TLS servers do. Not if the client
    /// closed first or had sent much: some services, such as syslog, never answer.</summary>
    private static bool EndedByResponderInSilence(FlowRecord flow) =>
        flow.Transport == IpProtocol.Tcp && flow.KnowsPayloadBytes
        && flow is { Outcome: Outcome.Established, WasCutOff: false, In: { Packets: > 0, PayloadBytes: 0 } }
        && flow.Out.PayloadBytes <= MostRefused
        && flow.History.AsSpan().IndexOfAny("FRfr") is >= 0 and var end && flow.History[end] is ('f' or 'r');

    private static RuleFit CompareTls(FlowRecord flow, string protocol, Rule rule)
    {
        if (rule.Protocols.Contains(protocol) || BeganAs(flow, rule))
            return RuleFit.Proved;
        if (rule.Security == TransportSecurity.None)
            return RuleFit.WrongProtocol; // in clear is what it asks for
        if (rule.Protocols.IsEmpty)
            return RuleFit.Proved;
        if (flow.Service is not { } service || flow.ServiceBasis != IdentificationBasis.Handshake)
            return RuleFit.ByPort;
        if (ProtocolKinship.Accepts(rule.Protocols, service))
            return RuleFit.Proved;
        return NamesByAlpn(flow.Tls) ? RuleFit.WrongProtocol : RuleFit.ByPort;
    }

    // STARTTLS and proxies are part of the protocol that begins them, so what followed it does not contradict the rule.
    private static bool BeganAs(FlowRecord flow, Rule rule) =>
        flow.StartedAs is { } began && ProtocolKinship.Accepts(rule.Protocols, began);

    // Server names and certificates name hosts; only ALPN (RFC 7301) names the protocol, and so only it can contradict.
    private static bool NamesByAlpn(TlsHandshake? handshake) =>
        handshake is null || handshake.SelectedAlpn is not null || !handshake.OfferedAlpn.IsEmpty;
}
