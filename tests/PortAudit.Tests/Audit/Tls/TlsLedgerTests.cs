using System.Collections.Immutable;
using PortAudit.Audit.Tls;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Tls;

public sealed class TlsLedgerTests
{
    [Fact]
    public void A_service_adds_up_what_its_handshakes_showed()
    {
        var service = Assert.Single(Run(
            Shown("10.2.0.1:50000 tcp 10.1.0.1:443", 0x0301, "aa", ClientCertificate.NotRequested),
            Shown("10.2.0.2:50000 tcp 10.1.0.1:443", 0x0303, "aa", ClientCertificate.Presented).At(5),
            Shown("10.2.0.3:50000 tcp 10.1.0.1:443", 0x0303, "bb", ClientCertificate.Presented).At(9)));

        Assert.Equal(("10.1.0.1", "edge1", "edge", (ushort)443, 3L),
            (service.Address, service.Host, service.Role, service.Port, service.Flows));
        Assert.Equal((Start, Start + (10 * Second)), (service.FirstSeenNs, service.LastSeenNs));
        Assert.Equal([KeyValuePair.Create("TLS 1.0", 1L), KeyValuePair.Create("TLS 1.2", 2L)],
            service.Versions.AsEnumerable());
        Assert.Equal([KeyValuePair.Create(ClientCertificate.NotRequested, 1L),
            KeyValuePair.Create(ClientCertificate.Presented, 2L)], service.ClientAuthentication.AsEnumerable());
        Assert.Equal([("aa", 2L, 0L), ("bb", 1L, 1L)],
            service.ServerCertificates.Select(seen => (seen.Certificate.Sha256, seen.Flows, seen.OutsideValidity)));
        Assert.Equal(["server: handshake_failure"], service.Alerts.AsEnumerable());
        Assert.False(service.IsShortened);
    }

    [Fact]
    public void Services_are_told_apart_by_address_and_port() =>
        Assert.Equal(
            ["10.0.0.3:443", "10.1.0.1:443", "10.1.0.1:5061"],
            Run(Shown("10.2.0.1:1 tcp 10.1.0.1:5061"), Shown("10.2.0.1:1 tcp 10.1.0.1:443"),
                Shown("10.2.0.1:1 tcp 10.0.0.3:443")).Select(service => $"{service.Address}:{service.Port}"));

    [Fact]
    public void Hosts_without_a_role_and_flows_without_a_handshake_are_left_out() =>
        Assert.Empty(Run(Shown("8.8.8.8:1 tcp 9.9.9.9:443"),
            Of("10.2.0.1:1 tcp 10.1.0.1:443").Proving("tls") with { Tls = null }));

    [Fact]
    public void More_certificates_than_are_kept_are_told()
    {
        var service = Assert.Single(Run(Enumerable.Range(0, 20)
            .Select(i => Shown($"10.2.0.1:{i + 1} tcp 10.1.0.1:443", 0x0303, $"{i:x2}"))));

        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"{i:x2}"),
            service.ServerCertificates.Select(seen => seen.Certificate.Sha256));
        Assert.True(service.IsShortened);
    }

    [Fact]
    public void United_ledgers_say_what_one_would()
    {
        List<FlowRecord> flows = [.. Enumerable.Range(0, 60).Select(i => Shown($"10.2.0.1:{i + 1} tcp "
            + $"10.1.0.1:{443 + (i % 3)}", (ushort)(0x0301 + (i % 4)), $"{i % 12:x2}", (ClientCertificate)(i % 5)))];
        var bench = new AuditBench();
        var (all, one, other) = (new TlsLedger(), new TlsLedger(), new TlsLedger());
        foreach (var (flow, i) in flows.Select((flow, i) => (bench.Judge(flow), i)))
        {
            all.Add(flow);
            (i % 7 < 3 ? one : other).Add(flow);
        }

        one.UnionWith(other);

        Assert.Equal(TextOf(all), TextOf(one));
    }

    private static FlowRecord Shown(string line, ushort version = 0x0303, string sha256 = "aa",
        ClientCertificate client = ClientCertificate.NotRequested) => Of(line).Proving("tls") with
        {
            Tls = new TlsHandshake
            {
                Version = version,
                SawServerHello = true,
                ClientCertificate = client,
                ServerCertificates =
            [
                new TlsCertificate { Subject = $"CN={sha256}", Issuer = "CN=ca", SerialNumber = "01", Sha256 = sha256,
                    NotAfterSeconds = sha256 == "bb" ? 1 : null },
                new TlsCertificate { Subject = "CN=ca", Issuer = "CN=ca", SerialNumber = "02", Sha256 = "ca" },
            ],
                Alerts = version == 0x0301 ? [new TlsAlert(false, 2, 40), new TlsAlert(true, 1, 0)] : [],
            },
        };

    private static ImmutableArray<TlsServiceRow> Run(params IEnumerable<FlowRecord> flows) =>
        new AuditBench().Run(flows).TlsServices;

    private static string TextOf(TlsLedger ledger) => string.Join('\n', ledger.Rows.Select(row =>
        $"{row.Address}:{row.Port} {row.Flows} {string.Join(',', row.Versions)} "
            + $"{string.Join(',', row.ClientAuthentication)} {string.Join(',', row.Alerts)} {row.IsShortened} "
        + string.Join(',', row.ServerCertificates.Select(seen =>
            $"{seen.Certificate.Sha256}={seen.Flows}/{seen.OutsideValidity}"))));
}
