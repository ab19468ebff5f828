using System.Security.Cryptography;
using System.Text.RegularExpressions;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;

namespace PortAudit.Tests.Catalog;

/// <summary>The catalogs of <c>rules/</c> as they ship.</summary>
public sealed partial class ShippedCatalogTests
{
    private static readonly CatalogSet Set = LoadAll();
    private static readonly string[] PrintedProtocols = ["sip", "psom", "xmpp", "stun", "rtp", "dns"];

    [Fact]
    public void A_shipped_catalog_is_named_like_its_file() =>
        Assert.All(Set.Files, file => Assert.Equal($"rules/{file.Id}.yaml", file.File));

    [Fact]
    public void Every_condition_and_parameter_is_used_by_a_rule()
    {
        var used = Rules().SelectMany(rule => rule.When.Conditions.Append(rule.PortParameter)).ToHashSet();

        Assert.All(Set.Files.SelectMany(file => file.Conditions), condition => Assert.Contains(condition.Id, used));
        Assert.All(Set.Files.SelectMany(file => file.Parameters), parameter => Assert.Contains(parameter.Id, used));
    }

    [Fact]
    public void A_rule_is_conditional_where_more_than_external_access_decides()
    {
        foreach (var rule in Rules().Where(rule => rule.Catalog == "lync-server-2013" && rule.Need is Need.Required or Need.Conditional))
            Assert.Equal(rule.Need == Need.Required, rule.When.Conditions is ["lync.external-access"]);
    }

    [Fact]
    public void A_port_range_of_media_is_announced()
    {
        foreach (var rule in Rules().Where(rule => rule.Ports.Any(range => range.Size > 1000)))
            Assert.NotEmpty(rule.AnnouncedBy);
    }

    [Fact]
    public void With_an_edge_alone_no_federation_rule_applies()
    {
        bool IsOn(string id) => Set.Files.SelectMany(file => file.Conditions).Single(condition => condition.Id == id).Default;
        var off = Rules().Where(rule => !rule.When.IsMet(IsOn)).Select(rule => rule.Id).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "lync.access-edge.federation-in", "lync.access-edge.federation-out", "lync.av-edge.rtp-tcp-in", "lync.av-edge.rtp-tcp-out",
                "lync.av-edge.rtp-udp-in", "lync.av-edge.rtp-udp-out", "lync.av-edge.stun-udp-out", "lync.edge-internal.xmpp",
                "lync.front-end.mediation-5068", "lync.pstn-gateway.sip-5081", "lync.xmpp-proxy.xmpp-in",
            ],
            off);
    }

    [SeedFact]
    public void Every_document_is_the_text_with_its_digest()
    {
        var digests = Directory.GetFiles(Repository.Seeds!, "*.txt").Select(path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));

        Assert.Equal(Set.Documents.Select(document => document.Sha256).Order(StringComparer.Ordinal), digests.Order(StringComparer.Ordinal));
    }

    [SeedFact]
    public void The_title_of_a_document_is_printed_in_it()
    {
        foreach (var document in Set.Documents)
        {
            var words = WordPattern().Matches(document.Title).Select(match => match.Value);
            var text = string.Join('\n', LinesOf(document));
            Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
        }
    }

    [SeedFact]
    public void The_ports_and_transports_of_a_rule_are_printed_in_its_lines()
    {
        foreach (var rule in Rules())
        {
            var lines = PrintedLines(rule.Source!);
            foreach (var range in rule.Ports)
                Assert.All(lines, line => Assert.Matches($"(^|[^0-9]){range}([^0-9]|$)", line));
            foreach (var transport in rule.Transports)
                Assert.All(lines, line => Assert.Contains(transport.ToString(), line, StringComparison.OrdinalIgnoreCase));
        }
    }

    [SeedFact]
    public void Every_row_of_the_edge_proxy_and_voice_tables_has_a_rule()
    {
        var document = Set.Documents.Single(document => document.Id == "express-for-lync");
        var lines = LinesOf(document);
        var heading = Array.IndexOf(lines, "Lync Server 2013 - Edge Server");
        var rows = Enumerable.Range(heading, lines.Length - heading).Where(index => RowPattern().IsMatch(lines[index])).Select(index => index + 1);

        var cited = Rules().Where(rule => rule.Source!.Document == document.Id).SelectMany(rule => rule.Source!.Lines).Distinct().Order();
        Assert.Equal(rows, cited);
    }

    [SeedFact]
    public void The_protocol_a_row_names_is_the_protocol_of_its_rule()
    {
        foreach (var rule in Rules().Where(rule => rule.Source is { Document: "express-for-lync", Lines: [>= 72 and <= 101] }))
        {
            var row = PrintedLines(rule.Source!)[0].Split('|')[0];
            Assert.Equal(row.Contains("MTLS", StringComparison.Ordinal), rule.Security == TransportSecurity.Mtls);
            foreach (var name in PrintedProtocols.Where(name => row.Contains(name, StringComparison.OrdinalIgnoreCase)))
                Assert.Contains(name, rule.Protocols);
        }
    }

    private static IEnumerable<Rule> Rules() => Set.Files.SelectMany(file => file.Rules);

    private static string[] PrintedLines(SourceReference source)
    {
        var text = LinesOf(Set.Documents.Single(document => document.Id == source.Document));
        return [.. source.Lines.Select(line => ThousandsComma().Replace(text[line - 1], ""))];
    }

    private static string[] LinesOf(SourceDocument document) => Directory.GetFiles(Repository.Seeds!, "*.txt")
        .Select(File.ReadAllBytes)
        .Where(bytes => Convert.ToHexStringLower(SHA256.HashData(bytes)) == document.Sha256)
        .Select(bytes => System.Text.Encoding.UTF8.GetString(bytes).Split('\n'))
        .Single();

    private static CatalogSet LoadAll()
    {
        var diagnostics = new List<Diagnostic>();
        var set = CatalogLibrary.Load(CatalogLibrary.Ids(null, diagnostics), null, diagnostics);
        Assert.Empty(diagnostics);
        return set!;
    }

    [GeneratedRegex("(?<=[0-9]),(?=[0-9]{3})")]
    private static partial Regex ThousandsComma();

    [GeneratedRegex("[A-Za-z0-9.]+")]
    private static partial Regex WordPattern();

    [GeneratedRegex("^[^|]*(TCP|UDP)/[0-9]")]
    private static partial Regex RowPattern();
}
