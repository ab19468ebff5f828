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
        yield return Of("10.2.0.7:50000 tcp 10.0.0.1:88").Proving("kerberos");
        yield return Of("10.2.0.7:50001 tcp 10.0.0.1:389").Proving("ldap") with
        {
            Credentials =
            new CredentialSighting(CredentialUse.Password, new FrameReference(0, 9)),
            Vlan = VlanTags.None.Push(12)
        };
        yield return Of("10.2.0.7:50002 udp 10.1.0.1:3478").Proving("stun", "ice").Ending(Outcome.Unanswered)
            with
        { ServiceBasis = IdentificationBasis.Payload };

        // A request that its server did not accept.
        yield return Of("10.0.0.1:50003 tcp 10.1.0.1:5061").Proving("http") with { Declined = "tls" };

        // Attempts in vain, more than are kept one by one.
        for (var i = 0; i <= DeferredFlows.MaximumSingle; i++)
            yield return InVain(Of($"10.0.0.1:{20_000 + i} tcp 10.1.0.1:5061").At(i), i % 4);

        // For longer, on more ports, than buckets and dots are told apart.
        for (var i = 0; i < 3_000; i++)
            yield return Of($"10.2.0.7:{40_000 + i} tcp 10.0.0.2:{1_000 + i}").At(i * 60);
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
