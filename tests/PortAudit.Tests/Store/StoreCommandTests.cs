using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using PortAudit.Tests.Capture;
using PortAudit.Tests.Capture.Ring;
using PortAudit.Tests.Cli;
using PortAudit.Tests.EndToEnd;
using PortAudit.Tests.Flows;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Tests.Reports;

namespace PortAudit.Tests.Store;

/// <summary>Commands on stores.</summary>
public sealed class StoreCommandTests
{
    public static TheoryData<string> Sites => [.. Samples];

    private static IEnumerable<string> Samples => [.. Directory.GetDirectories(Repository.PathOf("captures"))
        .Where(folder => File.Exists(Path.Combine(folder, "site.yaml"))).Select(folder => Path.GetFileName(folder)!)
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Sites))]
    public void An_audit_of_a_store_says_what_that_of_the_captures_says(string sample)
    {
        using var directory = new TemporaryDirectory();

        AssertSameAudit(sample, directory["flows.duckdb"]);
    }

    [NeedsFact(Part.ClickHouse)]
    public void An_audit_of_two_shards_says_what_that_of_the_captures_says()
    {
        using var servers = new ClickHouseServers();
        foreach (var sample in Samples)
        {
            var database = sample.Replace('-', '_');
            servers.Make(database);
            AssertSameAudit(sample, servers.Address(database));
        }
    }

    [Fact]
    public void Captures_are_added_once_whatever_their_names()
    {
        using var directory = new TemporaryDirectory();
        var copy = directory["copy.pcap"];
        File.Copy(LyncEdge.Outside, copy);
        Assert.Equal(0, CommandRun.Of("store", "add", LyncEdge.Outside, copy, "--store", directory["s"]).ExitCode);
        var before = CommandRun.Of("flows", "--store", directory["s"], "--format", "csv").Output;

        var run = CommandRun.Of("store", "add", copy, "--store", directory["s"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Nothing to add", run.Output, StringComparison.Ordinal);
        Assert.Contains("the store has it since", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, CommandRun.Of("flows", "--store", directory["s"], "--format", "csv").Output);
        Assert.Single(CommandRun.Of("store", "list", "--store", directory["s"]).Output.Split('\n'),
            line => line.Contains("outside", StringComparison.Ordinal));
    }

    [Fact]
    public void A_capture_that_has_grown_since_it_was_added_would_count_twice()
    {
        using var directory = new TemporaryDirectory();
        var bytes = File.ReadAllBytes(LyncEdge.Outside);
        File.WriteAllBytes(directory["early.pcap"], bytes[..(bytes.Length / 2)]);
        File.WriteAllBytes(directory["late.pcap"], bytes);
        Assert.Equal(3, CommandRun.Of("store", "add", directory["early.pcap"], "--store", directory["s"]).ExitCode);

        var run = CommandRun.Of("store", "add", directory["late.pcap"], "--store", directory["s"]);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("begins with all of", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("late", CommandRun.Of("store", "list", "--store", directory["s"]).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_two_sensors_logged_counts_once_whenever_their_logs_were_added()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["a.log"], ZeekText.Connections(
            ZeekText.Tcp(5, "SF", "ShADadFf", 6, 5, 9, "http"), ZeekText.Tcp(90, "SF", "ShADadFf", 6, 5, 9, "http")));
        ZeekText.Write(directory["b.log"], ZeekText.Connections(
            ZeekText.Tcp(90, "SF", "ShADadFf", 6, 5, 9, "http"), ZeekText.Tcp(95, "SF", "ShADadFf", 6, 5, 9, "http")));
        foreach (var log in new[] { "a.log", "b.log" })
            Assert.Equal(0, CommandRun.Of("store", "add", directory[log], "--store", directory["s"]).ExitCode);

        var run = CommandRun.Of("flows", "--store", directory["s"], "--format", "jsonl");

        var together = CommandRun.Of("flows", directory["a.log"], directory["b.log"], "--format", "jsonl");
        Assert.Equal(3, run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(together.Output, run.Output);
        Assert.Contains("b.log: connections that another import has, too, and that count once: 1 of 2",
            run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("c.pcap", "conn.log")]
    [InlineData("conn.log", "c.pcap")]
    public void A_connection_of_a_capture_and_a_log_is_that_of_the_capture(string first, string second)
    {
        using var directory = new TemporaryDirectory();
        PcapFile.Write(directory["c.pcap"], [.. Enumerable.Range(0, 10).Select(second =>
            (1600000000 + (uint)second, FrameBuilder.Udp("10.0.0.1", 50000, "10.0.0.2", 514, [1, 2, 3])))]);
        ZeekText.Write(directory["conn.log"], ZeekText.Connections("1600000000.000000\tC1\t10.0.0.1\t50000\t10.0.0.2\t"
            + "514\tudp\t-\t9.0\t30\t0\tS0\tD\t10\t310\t0\t0", ZeekText.Tcp(5, "SF", "ShADadFf", 6, 5)));
        foreach (var file in new[] { first, second })
            Assert.Equal(0, CommandRun.Of("store", "add", directory[file], "--store", directory["s"]).ExitCode);

        var run = CommandRun.Of("flows", "--store", directory["s"], "--format", "csv");

        Assert.Equal(CommandRun.Of("flows", directory["c.pcap"], directory["conn.log"], "--format", "csv").Output,
            run.Output);
        Assert.Contains("c.pcap", run.Output, StringComparison.Ordinal);
        Assert.Contains("conn.log: connections that another import has, too, and that count once: 1 of 2", run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_of_another_format_is_refused_by_name()
    {
        using var directory = new TemporaryDirectory();
        Assert.Equal(0, CommandRun.Of("store", "add", LyncEdge.Outside, "--store", directory["s"]).ExitCode);
        using (var connection = new DuckDBConnection($"Data Source={directory["s"]}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE portaudit SET format = 99";
            command.ExecuteNonQuery();
        }

        var run = CommandRun.Of("audit", "--store", directory["s"], "--site", LyncEdge.Site);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("the store has format 99, and this program knows format 1", run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_is_damaged_is_said_to_be_so()
    {
        using var directory = new TemporaryDirectory();
        Assert.Equal(0, CommandRun.Of("store", "add", LyncEdge.Outside, "--store", directory["s"]).ExitCode);
        var bytes = File.ReadAllBytes(directory["s"]);
        File.WriteAllBytes(directory["cut"], bytes[..(bytes.Length / 2)]);
        bytes[^5000] ^= 1;
        File.WriteAllBytes(directory["changed"], bytes);

        foreach (var name in new[] { "cut", "changed" })
        {
            var run = CommandRun.Of("audit", "--store", directory[name], "--site", LyncEdge.Site);
            Assert.InRange(run.ExitCode, 2, 3);
            Assert.Contains("it is damaged", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Flows_outside_a_time_are_left_out_and_counted()
    {
        using var directory = new TemporaryDirectory();
        Assert.Equal(0, CommandRun.Of("store", "add", LyncEdge.Outside, "--store", directory["s"]).ExitCode);

        var run = CommandRun.Of("audit", "--store", directory["s"], "--site", LyncEdge.Site, "--since",
            "2026-11-21T06:38:00Z", "--json", directory["a.json"]);

        var json = File.ReadAllText(directory["a.json"]);
        Assert.Empty(new JsonSchema(File.ReadAllText(Repository.PathOf("docs", "schema", "audit.schema.json")))
            .Check(json));
        var report = JsonNode.Parse(json)!;
        var all = CommandRun.Of("flows", "--store", directory["s"], "--format", "jsonl").Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var early = all.Count(line => string.CompareOrdinal((string)JsonNode.Parse(line)!["start"]!,
            "2026-11-21T06:38:00") < 0);
        Assert.InRange(early, 1, all.Length - 1);
        Assert.Equal(early, (int)report["selection"]!["stored_flows_outside_time"]!);
        Assert.Contains("Of the store, only flows that start since", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--store needs --site", "audit", "--store", "S")]
    [InlineData("exclude each other", "audit", "x.pcap", "--store", "S", "--site", "SITE")]
    [InlineData("has no effect on a store", "audit", "--store", "S", "--site", "SITE", "--merge-vlans")]
    [InlineData("a store has none", "audit", "--store", "S", "--site", "SITE", "--evidence", "e.pcapng")]
    [InlineData("a store has none", "audit", "--store", "S", "--site", "SITE", "--filter", "tcp")]
    [InlineData("would be overwritten", "audit", "--store", "S", "--site", "SITE", "--json", "S")]
    [InlineData("would be overwritten", "store", "export", "--store", "S", "--parquet", "S")]
    [InlineData("there is no such store", "audit", "--store", "none", "--site", "SITE")]
    [InlineData("it is no store", "store", "list", "--store", "TEXT")]
    [InlineData("it is no store", "store", "add", "SITE", "--store", "TEXT")]
    [InlineData("can be read once only", "store", "add", "-", "--store", "S")]
    public void What_cannot_be_done_is_said(string problem, params string[] words)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory["text"], "flows");
        Assert.Equal(0, CommandRun.Of("store", "add", LyncEdge.Outside, "--store", directory["s"]).ExitCode);

        var run = CommandRun.Of([.. words.Select(word => word switch
        {
            "S" => directory["s"],
            "TEXT" => directory["text"],
            "SITE" => LyncEdge.Site,
            _ => word,
        })]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_store_is_said_to_be_empty()
    {
        using var directory = new TemporaryDirectory();
        Assert.Equal(3, CommandRun.Of("store", "add", directory["none.pcap"], "--store", directory["s"]).ExitCode);

        var run = CommandRun.Of("audit", "--store", directory["s"], "--site", LyncEdge.Site);

        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the store is empty", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Flows_are_written_for_other_tools()
    {
        using var directory = new TemporaryDirectory();
        Assert.Equal(0, CommandRun.Of("store", "add", LyncEdge.Outside, "--store", directory["s"]).ExitCode);

        var run = CommandRun.Of("store", "export", "--store", directory["s"], "--parquet", directory["it's.parquet"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("PAR1"u8, File.ReadAllBytes(directory["it's.parquet"]).AsSpan(0, 4));
    }

    [NeedsFact(Part.Mount)]
    public void A_full_disk_loses_nothing_that_was_there()
    {
        using var disk = new SmallDisk(2_400_000);
        var store = Path.Combine(disk.Path, "s");
        Assert.Equal(0, CommandRun.Of("store", "add", LyncEdge.Outside, "--store", store).ExitCode);
        var before = CommandRun.Of("flows", "--store", store, "--format", "csv").Output;
        File.WriteAllBytes(Path.Combine(disk.Path, "filler"), new byte[Free(disk.Path)]);

        var run = CommandRun.Of("store", "add", Repository.PathOf("captures", "firewall"), "--store", store);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no space left", run.Error, StringComparison.OrdinalIgnoreCase);
        File.Delete(Path.Combine(disk.Path, "filler"));
        Assert.Equal(before, CommandRun.Of("flows", "--store", store, "--format", "csv").Output);
        Assert.Equal(0, CommandRun.Of("store", "add", LyncEdge.Inside, "--store", store).ExitCode);
    }

    private static int Free(string path) => (int)new DriveInfo(path).AvailableFreeSpace;

    private static void AssertSameAudit(string sample, string store)
    {
        var captures = Repository.PathOf("captures", sample);
        var site = Path.Combine(captures, "site.yaml");
        var added = CommandRun.Of("store", "add", captures, "--store", store, "--site", site);
        Assert.True(added.ExitCode == 0, added.Error);

        var expected = CommandRun.Of("audit", captures, "--site", site, "--json", "-");
        var actual = CommandRun.Of("audit", "--store", store, "--site", site, "--json", "-");

        Assert.Equal(expected.ExitCode, actual.ExitCode);
        Assert.Equal(LyncEdge.Comparable(JsonNode.Parse(expected.Output)!.AsObject()),
            LyncEdge.Comparable(JsonNode.Parse(actual.Output)!.AsObject()));
    }
}
