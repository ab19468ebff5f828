using System.Text.Json;
using System.Text.Json.Nodes;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Reports;

public sealed class FlowListTests
{
    private const string Header =
        "flow_id,community_id,start,end,transport,originator,originator_port,responder,responder_port,vlan,"
        + "direction_basis,outcome,history,packets_out,bytes_out,packets_in,bytes_in,payload_out,payload_in,protocol,"
        + "protocol_basis,service,service_basis,announced_by,capture,level,tunnel,parent,started_as,reach,declined";

    private static readonly JsonSchema Schema =
        new(File.ReadAllText(Repository.PathOf("docs/schema/flows.schema.json")));

    [Fact]
    public void Csv_has_the_columns_of_the_contract_in_their_order() => Assert.Equal([Header], Lines("csv"));

    [Fact]
    public void Csv_ends_every_record_with_carriage_return_and_line_feed() =>
        Assert.Equal($"{Header}\r\n", Text("csv", null));

    [Fact]
    public void Csv_of_a_flow_with_everything_known() => Assert.Equal(
        "00112233445566aa,1:lQq0F8iUKhvkwXZV80079Lo8/S8=,2013-05-01T10:00:00.000001Z,2013-05-01T10:00:01.500001Z,tcp,"
        + "10.0.0.12,49152,172.16.0.5,5061,10.0,syn,"
        + "established,ShADadFf,10,1500,9,12000,900,11400,tls,payload,sip,port,,\"a,b.pcap\",0,,,,reached,",
        Lines("csv", SampleFlows.Tls)[1]);

    [Fact]
    public void Csv_leaves_the_unknown_empty_and_shows_nanoseconds_and_icmp_type_and_code() => Assert.Equal(
        "00112233445566bb,1:u2vMS3HiWth2lIMKHB1fjELshpQ=,2013-05-01T10:00:00.000001234Z,"
        + "2013-05-01T10:00:01.500001234Z,icmp6,2001:db8::1,128,2001:db8::2,0,,first-packet,"
        + "unanswered,,10,1500,9,12000,900,11400,,none,,none,,\"a,b.pcap\",0,,,,reached,",
        Lines("csv", SampleFlows.Ping)[1]);

    [Fact]
    public void Csv_quotes_disarms_and_makes_visible_what_the_network_named()
    {
        var line = Lines("csv", SampleFlows.Gre)[1];
        Assert.Contains(",\"'=cmd|' /C calc'!A0,\"\"x\"\"\\u{000D}\\u{000A}\\u{202E}\",none,", line,
            StringComparison.Ordinal);
        Assert.Contains(",ip:47,10.0.0.1,,10.0.0.2,,", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_says_of_each_flow_its_own_texts_however_many_there_are()
    {
        var services = Enumerable.Range(0, 3_000).Select(number => $"service {number % 1_500}").ToList();
        var lines = Lines("csv",
            [.. services.Select((service, number) => SampleFlows.Tls with { Id = (ulong)number, Service = service })]);

        Assert.Equal(services, lines.Skip(1).Select(line => line.Split(',')[21]));
    }

    /// <summary>Fields that a flow has in common with one before it are written again as they were: one that differs in
    /// any of them must not be taken for such a flow.</summary>
    [Fact]
    public void Csv_says_of_each_flow_what_it_says_of_it_alone()
    {
        var flow = SampleFlows.Tls;
        FlowRecord[] flows =
        [
            // The first make room: what is kept is written only where there is enough.
            flow with { Service = new string('s', 1_000) },
            flow with { Service = new string('t', 5_000) },
            flow,
            flow with { Transport = new IpProtocol(47) },
            flow with { DirectionBasis = DirectionBasis.Port },
            flow with { Outcome = Outcome.Midstream },
            flow with { History = "SHADaDFf" },
            flow with { Protocol = "tls/tls" },
            flow with { ProtocolBasis = IdentificationBasis.Port },
            flow with { Service = "sit" },
            flow with { ServiceBasis = IdentificationBasis.Payload },
            flow with { Announcement = new AnnouncementMatch(AnnouncementOf(1), AnnouncementGrade.ToThisClient) },
            flow with { Announcement = new AnnouncementMatch(AnnouncementOf(2), AnnouncementGrade.ToThisClient) },
            flow with { Capture = 1 },
            flow with { Level = 1 },
            flow with { Tunnel = "vxlan" },
            flow with { ParentId = 7 },
            flow with { StartedAs = "smtp" },
            flow with { In = default, Outcome = Outcome.Unanswered },
        ];
        var mixed = flows.SelectMany(other => new[] { flow, other, other }).ToArray();
        mixed = [.. mixed.Select((other, number) => other with { StartNs = flow.StartNs + number })];

        Assert.Equal(mixed.Select(other => Lines("csv", other)[1]), Lines("csv", mixed).Skip(1));
        Assert.Equal(flows.Length, Lines("csv", flows).Distinct().Count() - 1);
    }

    [Fact]
    public void Csv_keeps_the_name_of_standard_input() =>
        Assert.EndsWith(",-,0,,,,reached,\r\n", SampleFlows.Listed("csv", null, [SampleFlows.Tls], capture: "-"),
            StringComparison.Ordinal);

    [Fact]
    public void A_flow_that_went_over_says_what_it_began_as() =>
        Assert.EndsWith(",0,,,smtp,reached,", Lines("csv", SampleFlows.Tls with { StartedAs = "smtp" })[1],
            StringComparison.Ordinal);

    [Fact]
    public void Json_lines_have_the_columns_of_the_contract_in_their_order_and_then_what_csv_lacks()
    {
        var line = Assert.Single(Lines("jsonl", SampleFlows.Tls));
        Assert.Equal(Header + ",tls,stream_out,stream_in,duplicates,stopped_by,stopped_how,reset",
            string.Join(',', JsonDocument.Parse(line).RootElement.EnumerateObject().Select(property => property.Name)));
    }

    [Fact]
    public void Json_lines_meet_the_schema()
    {
        var lines = Lines("jsonl", SampleFlows.Tls, SampleFlows.Ping, SampleFlows.Gre);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Empty(Schema.Check(line)));
    }

    [Fact]
    public void Json_lines_escape_what_cannot_be_seen_and_keep_its_value()
    {
        var flow = SampleFlows.Tls with { Service = "a\u200Bb\U000E0041\u00E4" };
        var line = Assert.Single(Lines("jsonl", flow));
        Assert.Contains("\"a\\u200Bb\\uDB40\\uDC41\u00E4\"", line, StringComparison.Ordinal);
        Assert.Equal(flow.Service, JsonDocument.Parse(line).RootElement.GetProperty("service").GetString());
    }

    [Fact]
    public void A_json_line_that_lacks_a_column_breaks_the_schema()
    {
        foreach (var column in Header.Split(',').Append("tls"))
        {
            var line = JsonNode.Parse(Lines("jsonl", SampleFlows.Tls)[0])!.AsObject();
            line.Remove(column);
            Assert.Single(Schema.Check(line.ToJsonString()));
        }
    }

    [Fact]
    public void Json_lines_write_what_a_handshake_showed_and_null_without_one()
    {
        var tls = JsonDocument.Parse(Lines("jsonl", SampleFlows.Tls)[0]).RootElement.GetProperty("tls");
        Assert.Equal("TLS 1.2", tls.GetProperty("version").GetString());
        Assert.Equal("sip.contoso.test", tls.GetProperty("server_name").GetString());
        Assert.Equal(["sip.contoso.test", "contoso.test"],
            tls.GetProperty("server_certificate_names").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("presented", tls.GetProperty("client_certificate").GetString());
        Assert.Equal((0xC030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
            (tls.GetProperty("cipher_suite").GetInt32(), tls.GetProperty("cipher_suite_name").GetString()));
        Assert.Equal("none", tls.GetProperty("resumption").GetString());
        Assert.Equal("""[{"from":"server","level":"fatal","description":"unknown_ca"}]""",
            tls.GetProperty("alerts").GetRawText());
        var server = Assert.Single(tls.GetProperty("server_certificates").EnumerateArray());
        Assert.Equal(("2013-01-01T00:00:00Z", "2014-12-31T23:59:59Z"),
            (server.GetProperty("not_before").GetString(), server.GetProperty("not_after").GetString()));
        Assert.Equal((1, 3), (tls.GetProperty("server_certificates_not_listed").GetInt32(),
            server.GetProperty("names_not_listed").GetInt32()));
        Assert.Equal(JsonValueKind.Null,
            Assert.Single(tls.GetProperty("client_certificates").EnumerateArray()).GetProperty("not_after").ValueKind);
        Assert.Equal(JsonValueKind.Null,
            JsonDocument.Parse(Lines("jsonl", SampleFlows.Ping)[0]).RootElement.GetProperty("tls").ValueKind);
    }

    [Fact]
    public void Json_lines_write_ports_as_numbers_and_the_unknown_as_null()
    {
        var tls = JsonDocument.Parse(Lines("jsonl", SampleFlows.Tls)[0]).RootElement;
        Assert.Equal(5061, tls.GetProperty("responder_port").GetInt32());
        var gre = JsonDocument.Parse(Lines("jsonl", SampleFlows.Gre)[0]).RootElement;
        Assert.Equal(JsonValueKind.Null, gre.GetProperty("responder_port").ValueKind);
        Assert.Equal(JsonValueKind.Null, gre.GetProperty("protocol").ValueKind);
        Assert.Equal("=cmd|' /C calc'!A0,\"x\"\r\n\u202E", gre.GetProperty("service").GetString());
    }

    [Fact]
    public void Table_without_a_width_shows_every_column() => Assert.Equal(
        "START                        TRANSPORT  ORIGINATOR            RESPONDER           VLAN"
        + "  OUTCOME      PROTOCOL  PACKETS   BYTES  DIRECTION BY  HISTORY\n"
        + "2013-05-01T10:00:00.000001Z  tcp        10.0.0.12:49152       172.16.0.5:5061     10.0"
        + "  established  tls/sip?       19  13,500  syn           ShADadFf\n"
        + "2013-05-01T10:00:00.000001Z  icmp6      2001:db8::1 type 128  2001:db8::2 code 0      "
        + "  unanswered                  19  13,500  first-packet\n"
        + "2 flows.\n",
        Text("table", null, SampleFlows.Tls, SampleFlows.Ping with { TimestampDigits = 6 }));

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    public void Table_fits_the_width_and_says_what_it_left_out(int width)
    {
        var lines = Text("table", width, SampleFlows.Tls).Split('\n');
        Assert.All(lines[..2], line => Assert.True(line.Length <= width, line));
        Assert.Contains("Left out at this width:", lines[^2], StringComparison.Ordinal);
        Assert.Contains("10.0.0.12:49152", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Table_without_flows_says_so() =>
        Assert.StartsWith("No flows:", Text("table", 80), StringComparison.Ordinal);

    [Fact]
    public void Flows_are_ordered_by_start_and_then_by_identifier()
    {
        var later = SampleFlows.Tls with { Id = 0, StartNs = SampleFlows.Tls.StartNs + 1 };
        FlowRecord[] flows = [later, SampleFlows.Gre, SampleFlows.Tls, SampleFlows.Ping];
        Assert.Equal(
            ["00112233445566aa", "00112233445566bb", "00112233445566cc", "0000000000000000"],
            Lines("csv", flows).Skip(1).Select(line => line.Split(',')[0]));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public void A_list_that_memory_does_not_hold_is_the_same(string format)
    {
        FlowRecord[] flows = [.. Enumerable.Range(0, 300).Select(number => (number % 3) switch
        {
            0 => SampleFlows.Tls,
            1 => SampleFlows.Ping,
            _ => SampleFlows.Gre,
        } with { Id = (ulong)number * 0x9E37_79B9,
            StartNs = SampleFlows.Tls.StartNs + (number * 7919 % 101 * 1_000_000_000L) })];

        Assert.Equal(SampleFlows.Listed(format, 100, flows),
            SampleFlows.Listed(format, 100, flows.Reverse(), memoryBytes: 4_000));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public void A_list_whose_rest_comes_in_order_is_the_same(string format)
    {
        FlowRecord[] flows = [.. Enumerable.Range(0, 3_000).Select(number => (number % 2 == 0
            ? SampleFlows.Tls
            : SampleFlows.Gre) with { Id = (ulong)number, StartNs = number / 2 * 1_000 })];
        FlowRecord[] early = [.. flows.Where((_, index) => index % 7 == 0).Reverse()];

        Assert.Equal(
            SampleFlows.Listed(format, 100, flows),
            SampleFlows.Listed(format, 100, [.. early, .. flows.Except(early)], inOrderFrom: early.Length));
    }

    private static Announcement AnnouncementOf(long frame) => new()
    {
        Number = 1,
        AnnouncedBy = "epm",
        Announcer = SampleFlows.Tls.Responder,
        Server = SampleFlows.Tls.Responder,
        Transport = IpProtocol.Tcp,
        For = null,
        SeenNs = 0,
        FromNs = 0,
        Frame = new FrameReference(0, frame),
        FlowId = 0,
    };

    private static string[] Lines(string format, params FlowRecord[] flows) =>
        Text(format, null, flows).Split(format == "csv" ? "\r\n" : "\n", StringSplitOptions.RemoveEmptyEntries);

    private static string Text(string format, int? width, params FlowRecord[] flows) =>
        SampleFlows.Listed(format, width, flows);
}
