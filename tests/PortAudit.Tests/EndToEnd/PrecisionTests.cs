using System.Text.Json.Nodes;
using PortAudit.Audit.Catalog;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Captures of the corpus that have nothing to do with a site are judged by one: what is not there is not
/// reported.</summary>
public sealed class PrecisionTests
{
    /// <summary>A site in which every private address is a client: the widest scope in which anybody might be taken for
    /// a scanner.</summary>
    private const string EverybodyIsClient = """
        site: everybody
        catalogs: [windows-server]
        networks:
          - { network: 10.0.0.0/8, roles: [domain-client] }
          - { network: 172.16.0.0/12, roles: [domain-client] }
          - { network: 192.168.0.0/16, roles: [domain-client] }
        """;

    [NeedsFact(Part.Corpus)]
    public void A_foreign_capture_gives_no_finding_about_roles_that_are_not_there()
    {
        foreach (var (capture, report) in Audits(LyncEdge.Site))
        {
            var active = report["hosts"]!.AsArray().Where(host => (long)host!["flows"]! > 0)
                .SelectMany(host => host!["roles"]!.AsArray()).Select(role => (string)role!).ToHashSet();
            foreach (var finding in report["findings"]!.AsArray())
            {
                foreach (var end in new[] { "from_role", "to_role" })
                {
                    var role = (string?)finding![end];
                    Assert.True(role is null || BuiltInRoles.Contains(role) || active.Contains(role),
                        $"{capture}: {finding["kind"]} about {role}, which sent nothing");
                }
            }
        }
    }

    /// <summary>One capture is of a scan: connects, and probes with FIN, with no flag and with several.</summary>
    [NeedsFact(Part.Corpus)]
    public void Busy_clients_servers_and_peers_are_not_called_scanners()
    {
        using var directory = new TemporaryDirectory();
        var site = directory["site.yaml"];
        File.WriteAllText(site, EverybodyIsClient);
        var scanned = Audits(site).Where(audit => audit.Report["findings"]!.AsArray()
            .Any(finding => (string)finding!["kind"]! == "port-scan")).Select(audit => audit.Capture);

        Assert.Equal(["ntop_nDPI__tcp_scan.pcapng"], scanned);
    }

    private static IEnumerable<(string Capture, JsonObject Report)> Audits(string site)
    {
        var count = 0;
        foreach (var capture in Directory.EnumerateFiles(Repository.Corpus!).Order(StringComparer.Ordinal))
        {
            var run = CommandRun.Of("audit", capture, "--site", site, "--json", "-");
            if (run.Output.Length == 0)
                continue; // no capture at all
            count++;
            yield return (Path.GetFileName(capture), JsonNode.Parse(run.Output)!.AsObject());
        }

        Assert.True(count > 100);
    }
}
