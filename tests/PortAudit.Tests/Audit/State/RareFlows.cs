using PortAudit.Audit.Scans;
using PortAudit.Tests.Audit.Roles;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.FlowSample;
using Outcome = PortAudit.Traffic.Records.Outcome;

namespace PortAudit.Tests.Audit.State;

/// <summary>Flows that fill what the sample captures leave empty: certificates that do not fit, alerts, things that are
/// obsolete, hosts out of their roles, many attempts in vain, failed checks of ICE, a long time.</summary>
internal static class RareFlows
{
    public static AuditBench Bench() => new(RuleSample.Of("r fe edge tcp 5061 sip mtls"),
        RuleSample.Of("media client edge udp 3478 stun any"))
    {
        Signs = SignSample.Of("role: dc, serves: [{ protocol: kerberos }, { protocol: ldap }], confidence: high"),
    };

    public static IEnumerable<FlowRecord> All()
    {
        foreach (var (certificate, i) in Enum.GetValues<ClientCertificate>()
            .Select((certificate, i) => (certificate, i)))
            yield return Shaken(certificate, []).At(i);
        yield return Shaken(ClientCertificate.RequestedNotPresented, [new TlsAlert(IsFromClient: false, 2, 40)]).At(10);
        yield return Of("10.2.0.7:50000 tcp 10.0.0.1:88").Proving("kerberos") with { Count = 3 };
        yield return Of("10.2.0.7:50001 tcp 10.0.0.1:389").Proving("ldap") with
        {
            Credentials =
            new CredentialSighting(CredentialUse.Password, new FrameReference(0, 9)),
            Vlan = VlanTags.None.Push(12)
        };
        yield return Of("10.2.0.7:50002 udp 10.1.0.1:3478").Proving("stun", "ice").Ending(Outcome.Unanswered)
            with
        { ServiceBasis = IdentificationBasis.Payload };

        // A call, and data that met resets alone.
        yield return Of("10.0.0.1:50003 udp 10.2.0.7:50004").Proving("rtp") with { StartedAs = "stun" };
        yield return Of("10.0.0.1:50004 tcp 10.1.0.1:9997").Basis(DirectionBasis.Port) with
        {
            History = "dR",
            SynCount = 0,
            Outcome = Outcome.Midstream,
        };

        foreach (var (flow, i) in Lost().Select((flow, i) => (flow, i)))
            yield return flow.At(20 + i);

        // An attempt of which a log does not say whether an ICMP error answered it.
        yield return Of("10.0.0.1:50006 tcp 10.1.0.1:5061").Ending(Outcome.Unanswered) with
        {
            Log = new LogOrigin(LogSource.Zeek, "C1", 9),
        };
        yield return Of("10.0.0.1:50007 tcp 10.1.0.1:5061").Ending(Outcome.Undecided) with
        {
            Log = new LogOrigin(LogSource.Gcp, "7", 9) { IsSampled = true },
        };

        // A request that its server did not accept.
        yield return Of("10.0.0.1:50003 tcp 10.1.0.1:5061").Proving("http") with { Declined = "tls" };

        // A session that administers a host, within a tunnel.
        yield return Of("203.0.113.9:50005 tcp 10.0.0.1:22").Proving("ssh") with
        {
            Tunnel = "gre",
            In = new DirectionCounters(90, 100_000, 95_000),
        };

        // Names that carry other traffic.
        yield return Of("10.2.0.7:50004 udp 10.1.0.1:53").Proving("dns") with
        {
            CarriedNames = [new CarriedNames("example.com", 20, 3, 4_000, 2_000, [1, 5, 9])]
        };

        // A datagram in fragments, to which a router answered.
        yield return Of("10.0.0.1:30002 udp 10.1.0.1:9997").Ending(Outcome.Rejected) with
        {
            IsFragmented = true,
            OutcomeFrame = new FrameReference(0, 7),
            StoppedBy = AddressOf("10.9.9.9"),
        };

        // Attempts in vain, more than are kept one by one.
        for (var i = 0; i <= DeferredFlows.MaximumSingle; i++)
            yield return InVain(Of($"10.0.0.1:{20_000 + i} tcp 10.1.0.1:5061").At(i), i % 4);

        // A stream into silence, and an attempt that two points recorded.
        yield return Of("10.0.0.1:30000 udp 10.1.0.1:9999").Ending(Outcome.Unanswered)
            with
        { Out = new DirectionCounters(60, 60_000, 57_000) };
        yield return Of("10.2.0.8:30001 tcp 10.1.0.1:9998").Ending(Outcome.Unanswered).On("one");
        yield return Of("10.2.0.8:30001 tcp 10.1.0.1:9998").Ending(Outcome.Unanswered).On("two");

        // For longer, on more ports, than buckets and dots are told apart.
        for (var i = 0; i < 3_000; i++)
            yield return Of($"10.2.0.7:{40_000 + i} tcp 10.0.0.2:{1_000 + i}").At(i * 60);
    }

    /// <summary>Flows under the rule that lost something on the way, and of which one side or no opening was
    /// seen.</summary>
    private static IEnumerable<FlowRecord> Lost()
    {
        var flow = Of("10.0.0.1:50100 tcp 10.1.0.1:5061");
        var frame = new FrameReference(0, 8);
        ResetOrigin?[] origins = [null, ResetOrigin.AnotherDevice, ResetOrigin.Unknown, ResetOrigin.Host];
        foreach (var origin in origins)
        {
            yield return flow with
            {
                SessionLoss = new SessionLoss(true, 90 * Second, 4, origin is not null, frame),
                Reset = origin is { } known ? new FlowReset(known, false, 255, 61) : null,
            };
        }

        yield return flow with { LostData = new LostData(true, 1_400, 5, true, true, true, frame) };
        yield return flow with
        {
            In = new DirectionCounters(2, 120, 0),
            Reset = new FlowReset(ResetOrigin.Host, false, 61, 61),
        };
        yield return flow with { FragmentLoss = new FragmentLoss(false, 3) };
        yield return flow with { Outcome = Outcome.HalfOpen, SynCount = 3, History = "ShT" };
        yield return flow with { Outcome = Outcome.HalfOpen, History = "ShR" };
        yield return Of("10.0.0.1:50101 tcp 10.1.0.1:9999").Basis(DirectionBasis.Port) with { SynCount = 0 };
        yield return Of("10.0.0.1:50102 udp 10.1.0.1:9999") with { Out = default };
        yield return Of("10.0.0.1:50103 udp 10.1.0.1:9999") with { In = default };
    }

    /// <summary>Stopped by another device in the responder's name, by nobody can tell whom, by a router that knows no
    /// way, or by the responder's own firewall.</summary>
    private static FlowRecord InVain(FlowRecord flow, int how) => how switch
    {
        0 => flow.Ending(Outcome.Rejected) with { Reset = new FlowReset(ResetOrigin.AnotherDevice, false, 60, 120) },
        1 => flow.Ending(Outcome.Refused) with { Reset = new FlowReset(ResetOrigin.Unknown, false, 60, 0) },
        2 => flow.Ending(Outcome.Rejected)
            with
        { IcmpReason = IcmpReason.Undeliverable, StoppedBy = AddressOf("10.9.9.9") },
        _ => flow.Ending(Outcome.Rejected)
            with
        { IcmpReason = IcmpReason.Prohibited, StoppedBy = flow.Responder.Address },
    };

    private static FlowRecord Shaken(ClientCertificate certificate, TlsAlert[] alerts)
    {
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("tls", "sip");
        return flow with
        {
            Tls = flow.Tls! with
            {
                ClientCertificate = certificate,
                Alerts = [.. alerts],
                ServerCertificates = [Expired("clientAuth")],
                ClientCertificates = [Expired("serverAuth")],
            },
        };
    }

    private static TlsCertificate Expired(string usage) => new()
    {
        Subject = "CN=edge1",
        Issuer = "CN=authority",
        SerialNumber = "01",
        Sha256 = usage,
        NotAfterSeconds = 1,
        ExtendedKeyUsages = [usage],
    };
}
