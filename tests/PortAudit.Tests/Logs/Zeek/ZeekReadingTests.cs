using System.Text;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs.Zeek;

public sealed class ZeekReadingTests
{
    private const string Json =
        "{\"ts\":1600000000.000001,\"uid\":\"Cone\",\"id.orig_h\":\"10.0.0.1\",\"id.orig_p\":50000,"
        + "\"id.resp_h\":\"10.0.0.2\",\"id.resp_p\":80,\"proto\":\"tcp\",\"service\":\"http\",\"duration\":1.5,"
        + "\"orig_bytes\":100,\"resp_bytes\":200,\"conn_state\":\"SF\",\"history\":\"ShADadFf\",\"orig_pkts\":6,"
        + "\"orig_ip_bytes\":340,\"resp_pkts\":5,\"resp_ip_bytes\":420}";

    [Fact]
    public void A_row_is_a_flow()
    {
        var flow = ZeekText.One(ZeekText.Row);

        Assert.Equal("10.0.0.1:50000", flow.Originator.ToString());
        Assert.Equal("10.0.0.2:80", flow.Responder.ToString());
        Assert.Equal((1_600_000_000_000_001_000, 1_600_000_001_500_001_000), (flow.StartNs, flow.EndNs));
        Assert.Equal(6, flow.TimestampDigits);
        Assert.Equal(new DirectionCounters(6, 340, 100), flow.Out);
        Assert.Equal(new DirectionCounters(5, 420, 200), flow.In);
        Assert.Equal(("http", IdentificationBasis.Payload), (flow.Protocol, flow.ProtocolBasis));
        Assert.Equal((LogSource.Zeek, "Cone", 9), (flow.Log!.Source, flow.Log.Identifier, flow.Log.Line));
    }

    [Theory]
    [InlineData("\"id.orig_h\":\"10.0.0.1\"", "\"id_orig_h\":\"10.0.0.1\"")]
    [InlineData("\"ts\"", "\"_path\":\"conn\",\"ts\"")]
    [InlineData("\"ts\"", "\"@stream\":\"conn\",\"ts\"")]
    [InlineData("\"ts\"", "\"new_column\":{\"a\":[1,{}]},\"ts\"")]
    [InlineData("1600000000.000001", "\"2020-09-13T12:26:40.000001Z\"")]
    [InlineData("\"service\":\"http\"", "\"service\":[\"http\"]")]
    [InlineData("\"id.orig_h\":\"10.0.0.1\",\"id.orig_p\":50000,\"id.resp_h\":\"10.0.0.2\",\"id.resp_p\":80",
        "\"id\":{\"orig_h\":\"10.0.0.1\",\"orig_p\":50000,\"resp_h\":\"10.0.0.2\",\"resp_p\":80}")]
    public void Json_in_any_form_is_the_same_flow_as_a_table(string text, string other)
    {
        var expected = ZeekText.One(ZeekText.Row);
        var flow = Assert.Single(
            ZeekText.Read(("a.log", Json.Replace(text, other, StringComparison.Ordinal) + "\n")).Flows);

        Assert.Equal(expected, flow with
        {
            Log = expected.Log,
            Frames = expected.Frames,
            TimestampDigits = expected.TimestampDigits,
        });
    }

    [Fact]
    public void Json_may_count_milliseconds()
    {
        var text = Json.Replace("1600000000.000001", "1600000000001", StringComparison.Ordinal);
        var flow = Assert.Single(ZeekText.Read(("a.log", text)).Flows);

        Assert.Equal((1_600_000_000_001_000_000, 3), (flow.StartNs, flow.TimestampDigits));
    }

    [Fact]
    public void A_file_of_all_streams_is_joined()
    {
        var text = Json.Replace("\"ts\"", "\"_path\":\"conn\",\"ts\"", StringComparison.Ordinal)
            .Replace("http", "dce_rpc", StringComparison.Ordinal) + "\n"
            + """{"_path":"dce_rpc","ts":1600000000.1,"uid":"Cone","endpoint":"drsuapi","operation":"DRSBind"}"""
            + "\n" + """{"_path":"weird","ts":1600000000.1,"uid":"Cone","name":"odd"}""" + "\n";

        var (flows, observation) = ZeekText.Read(("all.log", text));

        Assert.Equal("drsuapi", Assert.Single(flows).Service);
        Assert.True(Assert.Single(observation.Captures).IsWhole);
    }

    [Fact]
    public void Tables_of_several_streams_in_one_file_are_joined()
    {
        var rpc = ZeekText.Head("dce_rpc", "ts\tuid\tendpoint") + "1.0\tCone\tdrsuapi\n";
        var row = ZeekText.Row.Replace("http", "dce_rpc", StringComparison.Ordinal);

        Assert.All(
            [rpc + ZeekText.Connections(row), ZeekText.Connections(row) + rpc],
            text => Assert.Equal("drsuapi", Assert.Single(ZeekText.Read(("all.log", text)).Flows).Service));
    }

    [Fact]
    public void Headings_may_come_again_with_other_columns()
    {
        var other = "uid\tts\tid.resp_p\tid.orig_h\tid.orig_p\tid.resp_h\tproto\tunknown";
        var (flows, observation) = ZeekText.Read(("conn.log", ZeekText.Connections(ZeekText.Row)
            + ZeekText.Head("conn", other) + "Ctwo\t1600000009.5\t22\t10.0.0.3\t4\t10.0.0.2\ttcp\tx\n"));

        Assert.Equal(["Cone", "Ctwo"], flows.Select(flow => flow.Log!.Identifier));
        Assert.Equal("10.0.0.3:4", flows[1].Originator.ToString());
        Assert.True(observation.Captures[0].IsWhole);
        Assert.Equal(2, observation.Captures[0].Rows);
    }

    [Fact]
    public void Bytes_are_unescaped_and_unset_values_are_none()
    {
        var tls = ZeekText.Head("ssl", "uid\tversion\tcipher\tserver_name\tresumed\tnext_protocol")
            + "Cone\tTLSv12\tTLS_RSA_WITH_AES_128_CBC_SHA\ta\\x2cb\\x5cc\tF\t-\n";
        var flow = ZeekText.One(ZeekText.Row.Replace("http", "ssl", StringComparison.Ordinal), ("ssl.log", tls));

        Assert.Equal(@"a,b\c", flow.Tls!.ServerName);
        Assert.Null(flow.Tls.SelectedAlpn);
        Assert.Equal((0x0303, 0x002F), ((int)flow.Tls.Version, (int)flow.Tls.CipherSuite!));
        Assert.Equal(TlsResumption.None, flow.Tls.Resumption);
    }

    [Theory]
    [InlineData("a\tb", "line 10 has 2 values where its headings name 17 columns")]
    [InlineData("x\tCbad\t10.0.0.1\t1\t10.0.0.2\t2\ttcp\t-\t-\t-\t-\tS0\tS\t1\t40\t0\t0",
        "line 10 is no connection ('ts'")]
    [InlineData("1.0\tCbad\thost\t1\t10.0.0.2\t2\ttcp\t-\t-\t-\t-\tS0\tS\t1\t40\t0\t0",
        "line 10 is no connection ('id.orig_h'")]
    [InlineData("1.0\tCbad\t10.0.0.1\t99999\t10.0.0.2\t2\ttcp\t-\t-\t-\t-\tS0\tS\t1\t40\t0\t0",
        "line 10 is no connection ('id.orig_p'")]
    [InlineData("1.0\tCbad\t10.0.0.1\t1\t10.0.0.2\t2\tnone\t-\t-\t-\t-\tS0\tS\t1\t40\t0\t0",
        "line 10 is no connection ('proto'")]
    public void A_bad_line_is_named_and_the_others_are_read(string line, string expected)
    {
        var last = ZeekText.Tcp(200, "SF", "ShADadFf", 6, 5);
        var (flows, observation) = ZeekText.Read(("conn.log", ZeekText.Connections(ZeekText.Row, line, last)));

        Assert.Equal(["Cone", "C200"], flows.Select(flow => flow.Log!.Identifier));
        Assert.Contains(expected, Assert.Single(observation.Captures[0].Annotations.Damages).Reason,
            StringComparison.Ordinal);
        Assert.False(observation.Captures[0].IsWhole);
    }

    [Fact]
    public void A_cut_table_ends_with_the_last_whole_line()
    {
        var whole = ZeekText.Connections(ZeekText.Row, ZeekText.Tcp(200, "SF", "ShADadFf", 6, 5));
        var cut = whole[..(whole.IndexOf("C200", StringComparison.Ordinal) + 10)];
        var (flows, observation) = ZeekText.Read(("conn.log", cut));

        Assert.Single(flows);
        Assert.Equal((CaptureEndKind.Cut, "line 10, the last one, is cut"),
            (observation.Captures[0].End.Kind, observation.Captures[0].End.Reason));
    }

    [Fact]
    public void Cut_json_ends_with_the_last_whole_object()
    {
        var (flows, observation) = ZeekText.Read(("a.log", Json + "\n" + Json[..^5]));

        Assert.Single(flows);
        Assert.Equal(CaptureEndKind.Cut, observation.Captures[0].End.Kind);
        Assert.True(ZeekText.Read(("a.log", Json)).Observation.Captures[0].IsWhole);
    }

    [Fact]
    public void A_cut_gzip_file_gives_what_comes_before()
    {
        using var directory = new TemporaryDirectory();
        var rows = Enumerable.Range(0, 2000).Select(index => ZeekText.Tcp(index, "SF", "ShADadFf", 6, 5)).ToArray();
        ZeekText.WriteGzip(directory["conn.00:00:00-01:00:00.log.gz"], ZeekText.Connections(rows));
        var bytes = File.ReadAllBytes(directory["conn.00:00:00-01:00:00.log.gz"]);
        File.WriteAllBytes(directory["cut"], bytes[..(bytes.Length / 2)]);

        var (whole, first) = ZeekText.Read([directory["conn.00:00:00-01:00:00.log.gz"]]);
        var (flows, second) = ZeekText.Read([directory["cut"]]);

        Assert.Equal(2000, whole.Count);
        Assert.Equal("gzip, Zeek conn log, TSV", first.Captures[0].Format);
        Assert.InRange(flows.Count, 1, 1999);
        Assert.Equal(CaptureEndKind.Cut, second.Captures[0].End.Kind);
    }

    [Fact]
    public void A_line_beyond_the_limit_is_skipped()
    {
        var text = Json + "\n{\"ts\":1.0,\"x\":\"" + new string('a', LogLines.MaximumLength) + "\"}\n" + Json + "\n";
        var (flows, observation) = ZeekText.Read(("a.log", text));

        Assert.Equal([1L, 3L], flows.Select(flow => flow.Log!.Line));
        Assert.Contains("line 2 is longer", Assert.Single(observation.Captures[0].Annotations.Damages).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ends_of_windows_and_a_byte_order_mark_change_nothing()
    {
        var text = "\uFEFF" + ZeekText.Connections(ZeekText.Row).Replace("\n", "\r\n", StringComparison.Ordinal);

        Assert.Equal(ZeekText.One(ZeekText.Row) with { Frames = [] },
            Assert.Single(ZeekText.Read(("conn.log", text)).Flows) with { Frames = [] });
    }

    [Fact]
    public void Parts_of_a_rotated_log_are_the_flows_of_the_whole()
    {
        var random = new Random(41);
        string[] states = ["S0\tS", "SF\tShADadFf", "REJ\tSr", "OTH\tDd", "S1\tSh"];
        var rows = Enumerable.Range(0, 300).Select(index =>
        {
            var state = states[random.Next(states.Length)].Split('\t');
            return ZeekText.Tcp(index / 3, state[0], state[1], 1, state[0] == "S0" ? 0 : 1)
                .Replace("\tC", $"\tC{index}x", StringComparison.Ordinal)
                .Replace("10.0.0.1", $"10.1.0.{index % 3}", StringComparison.Ordinal);
        }).ToArray();
        var whole = Sorted(ZeekText.Read(("conn.log", ZeekText.Connections(rows))).Flows);
        Assert.Contains(whole, flow => flow.Outcome == Outcome.Undecided);
        Assert.Contains(whole, flow => flow.Outcome == Outcome.Unanswered);

        for (var run = 0; run < 20; run++)
        {
            var cuts = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(rows.Length)).Append(0)
                .Append(rows.Length).Distinct().Order().ToArray();
            var files = cuts.Zip(cuts.Skip(1)).Select((cut, index) =>
                ($"conn.{(run % 2 == 0 ? index : 9 - index)}.log", ZeekText.Connections(rows[cut.First..cut.Second])));
            Assert.Equal(whole, Sorted(ZeekText.Read([.. files]).Flows));
        }

        static List<FlowRecord> Sorted(List<FlowRecord> flows) =>
        [
            .. flows.Select(flow => flow with
            {
                Capture = 0,
                Log = flow.Log! with { Line = 0 },
                Frames = [],
            }).OrderBy(flow => flow.Log!.Identifier, StringComparer.Ordinal),
        ];
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(42);
        byte[][] seeds =
        [
            Encoding.UTF8.GetBytes(ZeekText.Connections(ZeekText.Row, ZeekText.Tcp(5, "S0", "S", 1, 0))),
            Encoding.UTF8.GetBytes(Json + "\n" + Json),
            Encoding.UTF8.GetBytes(ZeekText.Head("ssl", "ts\tuid\tversion\tcert_chain_fuids\tclient_cert_chain_fuids")
                + "1.0\tCone\tTLSv13\ta,b,c\t(empty)\n"),
        ];
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["conn.log"], ZeekText.Connections(ZeekText.Row));
        for (var run = 0; run < 1500; run++)
        {
            var bytes = seeds[run % seeds.Length].ToArray();
            for (var change = random.Next(4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(directory["odd"], bytes[..random.Next(1, bytes.Length + 1)]);
            ZeekText.Read([directory["conn.log"], directory["odd"]]);
        }
    }
}
