using System.Text.Json;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Logs.NetFlow;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Tests.Reports;

namespace PortAudit.Tests.Logs;

/// <summary>Commands on flow logs.</summary>
public sealed class FlowLogCommandTests
{
    private const string Site = """
        site: test
        catalogs: [windows-server]
        hosts:
          - { name: client, addresses: [10.0.0.1], roles: [domain-client] }
          - { name: server, addresses: [10.0.0.2], roles: [domain-controller] }
        """;

    private static readonly string Log = ZeekText.Connections(
        ZeekText.Tcp(5, "SF", "ShADadFf", 6, 5, 9, "http"), ZeekText.Tcp(90, "SF", "ShADadFf", 6, 5, 9, "http"));

    [Fact]
    public void A_finding_names_file_line_and_identifier()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["conn.log"], Log);
        ZeekText.Write(directory["site.yaml"], Site);

        var run = CommandRun.Of("audit", directory["conn.log"], "--site", directory["site.yaml"], "--json",
            directory["a.json"], "--evidence", directory["a.pcapng"], "--report", directory["a.html"],
            "--junit", directory["a.xml"], "--sarif", directory["a.sarif"]);

        Assert.Equal(1, run.ExitCode);
        var place = "conn.log line 9 (C5), line 10 (C90)";
        Assert.Contains(place, run.Output.ReplaceLineEndings(" ").Replace("           ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Contains("which hold no packets", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 9 (C5)", File.ReadAllText(directory["a.html"]), StringComparison.Ordinal);
        Assert.Contains("line 9 (C5)", File.ReadAllText(directory["a.xml"]), StringComparison.Ordinal);
        Assert.Contains("line 9 (C5)", File.ReadAllText(directory["a.sarif"]), StringComparison.Ordinal);
        var json = File.ReadAllText(directory["a.json"]);
        Assert.Empty(new JsonSchema(File.ReadAllText(Repository.PathOf("docs", "schema", "audit.schema.json")))
            .Check(json));
        var evidence = JsonDocument.Parse(json).RootElement.GetProperty("findings").EnumerateArray()
            .First(finding => finding.GetProperty("flows").GetInt64() == 2).GetProperty("evidence");
        Assert.Equal(JsonValueKind.Null, evidence.GetProperty("filter").ValueKind);
        Assert.Equal(0, evidence.GetProperty("frames_not_listed").GetInt64());
        var frames = Assert.Single(evidence.GetProperty("frames").EnumerateArray());
        Assert.Equal(0, frames.GetProperty("numbers").GetArrayLength());
        Assert.Equal([(9, "C5"), (10, "C90")], frames.GetProperty("lines").EnumerateArray()
            .Select(row => (row.GetProperty("line").GetInt32(), row.GetProperty("id").GetString())));
    }

    [Fact]
    public void A_finding_names_the_datagram_and_its_records()
    {
        using var directory = new TemporaryDirectory();
        byte[][] records =
        [
            ExportBytes.Fixed(1, 50000, 2, 80, 0x1B, 6, 700), ExportBytes.Fixed(2, 80, 1, 50000, 0x1B, 5, 900),
            ExportBytes.Fixed(1, 50001, 2, 80, 0x1B, 6, 700),
        ];
        File.WriteAllBytes(directory["export.dat"], ExportBytes.Version5(0, records));
        ZeekText.Write(directory["site.yaml"], Site.Replace("10.0.0.", "192.0.2.", StringComparison.Ordinal));

        var run = CommandRun.Of("audit", directory["export.dat"], "--site", directory["site.yaml"], "--json",
            directory["a.json"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("export.dat datagram 1 (record 3, records 1 and 2)", run.Output.ReplaceLineEndings(" ")
            .Replace("           ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Evidence ", run.Output, StringComparison.Ordinal);
        Assert.Empty(new JsonSchema(File.ReadAllText(Repository.PathOf("docs", "schema", "audit.schema.json")))
            .Check(File.ReadAllText(directory["a.json"])));
    }

    [Fact]
    public void Flows_of_a_directory_are_listed_with_their_rows()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.WriteGzip(directory["conn.00:00:00-01:00:00.log.gz"], Log);
        ZeekText.Write(directory["notes.txt"], "no log");
        ZeekText.Write(directory["weird.log"], ZeekText.Head("weird", "ts\tuid\tname"));

        var run = CommandRun.Of("flows", directory.Path, "--format", "jsonl");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var schema = new JsonSchema(File.ReadAllText(Repository.PathOf("docs", "schema", "flows.schema.json")));
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Empty(schema.Check(line)));
        Assert.Contains("""
            "log":{"source":"Zeek","id":"C5","line":9}
            """, lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_and_a_capture_are_read_together()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["conn.log"], Log);
        var capture = Repository.PathOf("captures", "lync-edge");

        var alone = CommandRun.Of("flows", capture, "--format", "csv");
        var both = CommandRun.Of("flows", capture, directory["conn.log"], "--format", "csv");

        var rows = both.Output.Split('\n').Except(alone.Output.Split('\n')).ToArray();
        Assert.Equal(0, both.ExitCode);
        Assert.Empty(alone.Output.Split('\n').Except(both.Output.Split('\n')));
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.Contains("conn.log", row, StringComparison.Ordinal));
    }

    [Fact]
    public void A_cut_log_makes_exit_code_3_and_its_rows_are_listed()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["conn.log"], Log[..^60]);

        var run = CommandRun.Of("flows", directory["conn.log"], "--format", "csv");

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("conn.log: line 10, the last one, is cut; the results are partial", run.Error,
            StringComparison.Ordinal);
        Assert.Equal(2, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_log_without_connections_beside_it_is_refused()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["dns.log"], ZeekText.Head("dns", "ts\tuid\tquery") + "1.0\tC1\ta\n");

        var run = CommandRun.Of("flows", directory["dns.log"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("this is a Zeek dns log, TSV, and no conn log is among the inputs", run.Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"@stream\":\"loaded_scripts\",\"name\":\"/usr/share/zeek/init-bare.zeek\"}\n")]
    [InlineData("{\"_path\":\"reporter\",\"ts\":1.0,\"level\":\"Reporter::INFO\"}\n")]
    public void A_log_of_which_nothing_is_read_stops_nothing(string content)
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["conn.log"], Log);
        File.WriteAllText(directory["other.log"], content);

        var run = CommandRun.Of("flows", directory["conn.log"], directory["other.log"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("nothing is read of Zeek's log '", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_of_packets_is_refused()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["conn.log"], Log);

        var run = CommandRun.Of("flows", directory["conn.log"], "--filter", "tcp");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is a flow log, which has none", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_selects_flows_by_their_start()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["conn.log"], Log);

        var run = CommandRun.Of("flows", directory["conn.log"], "--since", "2020-09-13T12:27:00Z", "-v");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("only flows that start in this time were read, 1 flow not", run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_are_proposed_from_a_log()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["conn.log"], Log);

        var run = CommandRun.Of("roles", directory["conn.log"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("from the behaviour in 1 capture", run.Output, StringComparison.Ordinal);
    }
}
