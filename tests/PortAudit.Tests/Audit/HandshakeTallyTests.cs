using PortAudit.Audit.Coverage;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit;

/// <summary>What the reason of a rule says of the certificates in its flows.</summary>
public sealed class HandshakeTallyTests
{
    private const string Mtls = "r fe edge tcp 5061 sip mtls";
    private const string Tls = "r fe edge tcp 5061 sip tls";
    private const long Year = 365L * 24 * 3600;
    private const long Now = Start / 1_000_000_000;

    [Theory]
    [InlineData(Mtls, ClientCertificate.NotRequested,
        " In 1 flow the server asked for no client certificate, though the rule has both sides show theirs.")]
    [InlineData(Mtls, ClientCertificate.RequestedNotPresented,
        " In 1 flow the client showed no certificate when asked, though the rule has both sides show theirs.")]
    [InlineData(Mtls, ClientCertificate.Presented, "")]
    [InlineData(Mtls, ClientCertificate.Unknown, " In 1 flow it is unknown whether both sides showed a certificate "
        + "(TLS 1.3, a resumed session, or no handshake in sight).")]
    [InlineData(Mtls, ClientCertificate.Requested, " In 1 flow it is unknown whether both sides showed a certificate "
        + "(TLS 1.3, a resumed session, or no handshake in sight).")]
    [InlineData(Tls, ClientCertificate.Unknown, "")]
    [InlineData(Tls, ClientCertificate.NotRequested, "")]
    public void A_client_without_certificate_is_told_where_the_rule_wants_one(string rule,
        ClientCertificate certificate, string expected) =>
        Assert.Equal(expected, Tally(rule, Handshake(certificate)));

    [Theory]
    [InlineData(-1, 1, "")]
    [InlineData(-2, -1, " In 1 flow the server's certificate was outside its validity.")]
    [InlineData(1, 2, " In 1 flow the server's certificate was outside its validity.")]
    public void A_certificate_outside_its_validity_is_told_by_the_time_of_the_flow(int from, int until,
        string expected) =>
        Assert.Equal(expected, Tally(Tls,
            Handshake(ClientCertificate.Unknown) with { ServerCertificates = [Certificate(from, until)] }));

    [Theory]
    [InlineData("", "")]
    [InlineData("serverAuth clientAuth", "")]
    [InlineData("anyExtendedKeyUsage", "")]
    [InlineData("clientAuth", " In 1 flow the server's certificate was not made for servers (extended key usage).")]
    public void A_server_s_certificate_for_something_else_is_told(string usages, string expected) =>
        Assert.Equal(expected, Tally(Tls,
            Handshake(ClientCertificate.Unknown) with { ServerCertificates = [Certificate(-1, 1, usages)] }));

    [Fact]
    public void A_client_s_certificate_for_something_else_is_told() =>
        Assert.Equal(
            " In 1 flow the client's certificate was outside its validity. In 1 flow the client's certificate was not "
                + "made for clients (extended key usage).",
            Tally(Mtls, Handshake(ClientCertificate.Presented)
                with
            { ClientCertificates = [Certificate(-3, -1, "serverAuth")] }));

    [Fact]
    public void The_reason_of_the_rule_says_it_and_the_status_stays()
    {
        var flow = Of("10.0.0.1:50000 tcp 10.1.0.1:5061").Proving("tls", "sip")
            with
        { Tls = Handshake(ClientCertificate.NotRequested) };
        var row = Assert.Single(new AuditBench(RuleSample.Of(Mtls)).Run(flow, flow.At(5)).Rules);

        Assert.Equal(RuleStatus.Seen, row.Status);
        Assert.EndsWith(". In 2 flows the server asked for no client certificate, though the rule has both sides show "
            + "theirs.", row.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x0303, true, 2, 48, " In 1 flow an alert ended the TLS handshake: by the client with unknown_ca.")]
    [InlineData(0x0303, false, 2, 40,
        " In 1 flow an alert ended the TLS handshake: by the server with handshake_failure.")]
    [InlineData(0x0303, false, 1, 112, "")] // a warning goes on
    // levels mean nothing any more
    [InlineData(0x0304, false, 1, 70,
        " In 1 flow an alert ended the TLS handshake: by the server with protocol_version.")]
    [InlineData(0x0304, true, 1, 0, "")]
    [InlineData(0x0304, true, 1, 90, "")]
    public void An_alert_that_ended_the_handshake_is_told_with_its_sender(int version, bool isFromClient, byte level,
        byte description, string expected) =>
        Assert.Equal(expected, Tally(Tls, Handshake(ClientCertificate.Unknown)
            with
        { Version = (ushort)version, Alerts = [new TlsAlert(isFromClient, level, description)] }));

    [Fact]
    public void Many_alerts_are_told_by_their_number_and_only_some()
    {
        var tally = new HandshakeTally();
        byte[] alerts = [40, 48, 48, 70, 80, 42, 46, 49];
        foreach (var alert in alerts)
            tally.Add(Of("10.0.0.1:50000 tcp 10.1.0.1:5061") with
            {
                Tls = Handshake(ClientCertificate.Unknown)
                with
                { Alerts = [new TlsAlert(false, 2, alert)] }
            }, RuleSample.Of(Tls));

        Assert.Equal(
            " In 8 flows an alert ended the TLS handshake: by the server with unknown_ca in 2, by the server with "
                + "access_denied in 1, by the server with bad_certificate in 1, by the server with certificate_unknown "
                + "in 1, by the server with handshake_failure in 1 and 2 more.",
            tally.Sentences);
    }

    [Fact]
    public void A_union_of_alerts_says_what_all_flows_say()
    {
        var (one, left, right) = (new AlertTally(), new AlertTally(), new AlertTally());
        foreach (var (number, alert) in new byte[] { 40, 48, 48, 70, 40 }.Index())
        {
            var handshake =
                Handshake(ClientCertificate.Unknown) with { Alerts = [new TlsAlert(number % 2 == 0, 2, alert)] };
            one.Add(handshake, 1);
            (number < 2 ? left : right).Add(handshake, 1);
        }

        right.UnionWith(left);
        Assert.Equal(one.Sentence, right.Sentence);
        Assert.Contains("by the client with handshake_failure in 2", one.Sentence, StringComparison.Ordinal);
    }

    private static string Tally(string rule, TlsHandshake handshake)
    {
        var tally = new HandshakeTally();
        tally.Add(Of("10.0.0.1:50000 tcp 10.1.0.1:5061") with { Tls = handshake }, RuleSample.Of(rule));
        return tally.Sentences;
    }

    private static TlsHandshake Handshake(ClientCertificate certificate) => new()
    {
        Version = 0x0303,
        SawServerHello = true,
        ClientCertificate = certificate
    };

    private static TlsCertificate Certificate(int fromYear, int untilYear, string usages = "") => new()
    {
        Subject = "CN=a",
        Issuer = "CN=b",
        SerialNumber = "01",
        Sha256 = "",
        NotBeforeSeconds = Now + (fromYear * Year),
        NotAfterSeconds = Now + (untilYear * Year),
        ExtendedKeyUsages = [.. usages.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
    };
}
