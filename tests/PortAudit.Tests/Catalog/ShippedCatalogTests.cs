using System.Security.Cryptography;
using System.Text.RegularExpressions;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Catalog;

/// <summary>The catalogs of <c>rules/</c> as they ship.</summary>
public sealed partial class ShippedCatalogTests
{
    private static readonly CatalogSet Set = LoadAll();

    /// <summary>Words of the protocol column of the internal servers, and the security that they stand for. "TCP (TLS)"
    /// is also printed of mutual TLS.</summary>
    private static readonly Dictionary<string, TransportSecurity[]> PrintedSecurities = new()
    {
        ["TCP"] = [TransportSecurity.Any],
        ["TCP (TLS)"] = [TransportSecurity.Tls, TransportSecurity.Mtls],
        ["TCP (MTLS)"] = [TransportSecurity.Mtls],
        ["HTTP"] = [TransportSecurity.None],
        ["HTTPS"] = [TransportSecurity.Tls],
    };

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
        foreach (var rule in Rules()
            .Where(rule => rule.Catalog == "lync-server-2013" && rule.Need is Need.Required or Need.Conditional))
            Assert.Equal(rule.Need == Need.Required, rule.When.Conditions is [] or ["lync.external-access"]);
    }

    [Fact]
    public void A_port_range_of_media_is_announced()
    {
        var media = Rules().Where(rule => rule.Protocols.Contains("rtp") && rule.Ports.Any(range => !range.IsSingle))
            .ToList();

        Assert.NotEmpty(media);
        Assert.All(media, rule => Assert.NotEmpty(rule.AnnouncedBy));
    }

    [Theory]
    [InlineData(636)]
    [InlineData(3269)]
    public void LDAP_on_a_port_that_a_document_gives_to_SSL_is_within_TLS(ushort port)
    {
        var alone = Rules().Where(rule => rule.Protocols.Contains("ldap") && rule.Ports.Length == 1
            && rule.Ports[0] == new PortRange(port, port)).ToList();

        Assert.True(alone.Count > 1);
        Assert.All(alone, rule => Assert.Equal(TransportSecurity.Tls, rule.Security));
    }

    [Fact]
    public void A_dynamic_range_ends_with_the_last_port()
    {
        var ranges = Rules().SelectMany(rule => rule.Ports)
            .Concat(Set.Files.SelectMany(file => file.Parameters).SelectMany(parameter => parameter.Default));

        Assert.DoesNotContain(ranges,
            range => range.First is 1024 or 1025 && range.Last is >= 65534 and < ushort.MaxValue);
    }

    [Fact]
    public void The_services_of_a_rule_are_said_to_be_ours_with_where_they_come_from()
    {
        var named = Rules().Where(rule => !rule.Services.IsEmpty).ToList();

        Assert.Equal(20, named.Count);
        Assert.All(named, rule => Assert.Matches(@"The interfaces? (is|are) ours: .*(\[MS-|public lists)", rule.Note));
    }

    [Fact]
    public void A_rule_of_all_that_a_host_offers_by_DCOM_or_RPC_is_about_any_service()
    {
        var open = Rules()
            .Where(rule => rule.Title.Contains("DCOM", StringComparison.Ordinal) || rule.Id == "windows.rpc.dynamic")
            .ToList();

        Assert.NotEmpty(open);
        Assert.All(open, rule => Assert.Empty(rule.Services));
    }

    [Theory]
    [InlineData("netlogon", "ad.netlogon windows.netlogon.dynamic")]
    [InlineData("frstrans", "ad.dfsr windows.dfsr.dynamic")]
    [InlineData("drsuapi", "ad.rpc windows.active-directory.dynamic")]
    [InlineData("mapi", "exchange.information-store.dynamic")]
    [InlineData("nspi", "ad.rpc exchange.directory.dynamic exchange.nspi.dynamic windows.active-directory.dynamic")]
    public void An_interface_belongs_to_the_service_that_has_it_and_to_no_other(string service, string rules) =>
        Assert.Equal(rules, string.Join(' ', Rules().Where(rule => rule.Services.Contains(service))
            .Select(rule => rule.Id).Order(StringComparer.Ordinal)));

    [Fact]
    public void With_the_defaults_no_rule_of_federation_voice_or_mobility_applies()
    {
        bool IsOn(string id) =>
            Set.Files.SelectMany(file => file.Conditions).Single(condition => condition.Id == id).Default;
        var off = Rules().Where(rule => rule.Catalog == "lync-server-2013" && !rule.When.IsMet(IsOn))
            .Select(rule => rule.Id);

        Assert.Equal(
            [
                "lync.access-edge.discovered-partner-in", "lync.access-edge.federation-in",
                "lync.access-edge.federation-out",
                "lync.access-edge.public-im-in", "lync.access-edge.public-im-out", "lync.access-edge.push-in",
                "lync.av-edge.messenger-stun-out",
                "lync.av-edge.rtp-tcp-in", "lync.av-edge.rtp-tcp-out", "lync.av-edge.rtp-udp-in",
                "lync.av-edge.rtp-udp-out",
                "lync.av-edge.stun-udp-out", "lync.edge-internal.xmpp", "lync.front-end.bandwidth-policy",
                "lync.front-end.bandwidth-policy-turn",
                "lync.front-end.conferencing-announcement", "lync.front-end.conferencing-attendant",
                "lync.front-end.conferencing-attendant-5072",
                "lync.front-end.mediation-5067", "lync.front-end.mediation-5068", "lync.front-end.mediation-5070",
                "lync.front-end.mobility-5086",
                "lync.front-end.mobility-5087", "lync.front-end.mobility-https", "lync.front-end.sip-mediation",
                "lync.front-end.trusted-service",
                "lync.mediation.sip-5067", "lync.mediation.sip-5068", "lync.mediation.sip-5070",
                "lync.pstn-gateway.sip-5081",
                "lync.pstn-gateway.sip-5082", "lync.trusted-service.static-route", "lync.web-farm.http",
                "lync.xmpp-proxy.xmpp-in",
            ],
            off.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("mis.open-ports", true)]
    [InlineData("mis.ipsec", false)]
    public void A_mobile_server_opens_ports_or_uses_ipsec(string condition, bool isDefault)
    {
        var catalog = Set.Files.Single(file => file.Id == "mobile-information-server-2001");
        var ruled = catalog.Rules.Where(rule => rule.Id.StartsWith("mis.internal.", StringComparison.Ordinal)
            || rule.Id.StartsWith("mis.ipsec.", StringComparison.Ordinal));

        Assert.Equal(isDefault, catalog.Conditions.Single(entry => entry.Id == condition).Default);
        Assert.All(ruled, rule => Assert.Equal(rule.Id.StartsWith("mis.ipsec.",
            StringComparison.Ordinal) == (condition == "mis.ipsec"), rule.When.Conditions.Contains(condition)));
    }

    [Fact]
    public void A_page_of_the_web_has_its_address_a_publisher_and_the_day_on_which_it_was_read()
    {
        var pages = Set.Documents.Where(document => document.Sha256 is null).ToList();

        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.True(page is { Url: not null, Read: not null, Publisher: not null }, page.Id));
    }

    [Fact]
    public void Every_document_is_cited()
    {
        var cited = Documents.Citation.All().SelectMany(entry => entry.Source.All).Select(source => source.Document)
            .ToHashSet();

        Assert.Equal([], Set.Documents.Select(document => document.Id).Where(id => !cited.Contains(id)));
    }

    [NeedsFact(Part.Seeds)]
    public void Every_document_is_the_text_with_its_digest()
    {
        var digests = Directory.GetFiles(Repository.Seeds!, "*.txt")
            .Select(path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));

        Assert.Equal(Texts().Select(document => document.Sha256).Order(StringComparer.Ordinal),
            digests.Order(StringComparer.Ordinal));
    }

    [NeedsFact(Part.Seeds)]
    public void The_title_of_a_document_is_printed_in_it()
    {
        foreach (var document in Texts())
        {
            var words = WordPattern().Matches(document.Title).Select(match => match.Value);
            var text = string.Join('\n', LinesOf(document));
            Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
        }
    }

    [NeedsFact(Part.Seeds)]
    public void The_ports_and_transports_of_a_rule_are_printed_in_its_lines_or_said_to_be_inferred()
    {
        foreach (var rule in Rules().Where(rule => !rule.Source!.Lines.IsEmpty))
        {
            var lines = rule.Source!.All.SelectMany(PrintedLines).ToList();
            Assert.All(rule.Ports, range => Assert.Contains(lines, line => Prints(line, range.ToString())));
            foreach (var transport in rule.Transports)
                Assert.True(lines.Any(line => Names(line, transport))
                    || rule.Note?.Contains("inferred", StringComparison.Ordinal) == true, $"{rule.Id} {transport}");
        }
    }

    [NeedsFact(Part.Seeds)]
    public void A_row_of_the_lync_tables_prints_each_port_and_no_other_transport_than_its_rules()
    {
        foreach (var rule in Rules())
        {
            foreach (var line in rule.Source!.All.Where(source => source.Document == "express-for-lync")
                .SelectMany(PrintedLines))
            {
                Assert.All(rule.Ports, range => Assert.True(Prints(line, range.ToString()), $"{rule.Id} {range}"));
                var printed = TransportCell(line);
                Assert.All(rule.Transports, transport => Assert.True(Names(printed, transport)
                    || !TransportPattern().IsMatch(printed), $"{rule.Id} {transport}"));
            }
        }
    }

    [NeedsFact(Part.Seeds)]
    public void Every_row_of_the_lync_tables_has_a_rule_for_each_transport_it_prints()
    {
        var document = Set.Documents.Single(document => document.Id == "express-for-lync");
        var lines = LinesOf(document);
        foreach (var number in Enumerable.Range(1, lines.Length)
            .Where(number => RowPattern().IsMatch(lines[number - 1])))
        {
            var rules = Rules().Where(rule => rule.Source!.All.Any(source =>
                source.Document == document.Id && source.Lines.Contains(number))).ToList();
            Assert.True(rules.Count > 0, $"line {number}");
            foreach (var transport in new[] { IpProtocol.Tcp, IpProtocol.Udp }.Where(transport =>
                Names(TransportCell(lines[number - 1]), transport)))
                Assert.True(rules.Any(rule => rule.Transports.Contains(transport)), $"line {number} {transport}");
        }
    }

    [NeedsFact(Part.Seeds)]
    public void The_protocol_a_row_names_is_the_protocol_of_its_rule()
    {
        foreach (var rule in Rules()
            .Where(rule => rule.Source is { Document: "express-for-lync", Lines: [>= 72 and <= 101] }))
        {
            var row = PrintedLines(rule.Source!)[0].Split('|')[0];
            Assert.Equal(row.Contains("MTLS", StringComparison.Ordinal), rule.Security == TransportSecurity.Mtls);
            foreach (var name in PrintedProtocols.Where(name => row.Contains(name, StringComparison.OrdinalIgnoreCase)))
                Assert.Contains(name, rule.Protocols);
        }
    }

    [NeedsFact(Part.Seeds)]
    public void The_security_a_row_of_the_internal_servers_prints_is_that_of_its_rules()
    {
        foreach (var rule in Rules().Where(rule =>
            rule.Source is { Document: "express-for-lync", Section: "Lync Server 2013 - Internal Servers" }))
        {
            var cells = PrintedLines(rule.Source!).Select(line => TransportCell(line).Trim()).Distinct().ToList();
            if (cells is [var printed] && PrintedSecurities.TryGetValue(printed, out var allowed))
                Assert.True(allowed.Contains(rule.Security), $"{rule.Id} is {rule.Security}");
        }
    }

    /// <summary>The documents in whose text lines are counted.</summary>
    private static IEnumerable<SourceDocument> Texts() => Set.Documents.Where(document => document.Sha256 is not null);

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

    private static bool Prints(string line, string number) => Regex.IsMatch(line, $"(^|[^0-9]){number}([^0-9]|$)");

    /// <summary>The cell of a row of document express-for-lync that names the transport: with the port, or in a column
    /// of its own.</summary>
    private static string TransportCell(string row) =>
        row.Split('|') is var cells && cells[0].Contains('/', StringComparison.Ordinal) ? cells[0] : cells[3];

    /// <summary>True when a line names a transport; a protocol of IP goes by its number.</summary>
    private static bool Names(string line, IpProtocol transport) =>
        transport.HasPorts
            ? line.Contains(transport.ToString(), StringComparison.OrdinalIgnoreCase)
            : Prints(line, transport.ToString()["ip:".Length..]);

    [GeneratedRegex("TCP|UDP")]
    private static partial Regex TransportPattern();

    /// <summary>A row of the tables of document express-for-lync: one whose first or third cell is a port.</summary>
    [GeneratedRegex(@"^[^|]*(TCP|UDP)/[0-9]|^[^|]+\|[^|]+\| [0-9]+(-[0-9]+)? \|")]
    private static partial Regex RowPattern();
}
