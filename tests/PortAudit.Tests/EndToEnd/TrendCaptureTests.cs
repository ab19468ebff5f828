using System.Buffers.Binary;
using System.Text.Json.Nodes;
using PortAudit.Tests.Cli;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Captures of a firewall, recorded once and set to several days: <c>--by</c> says the same of captures, of a
/// store and of saved audits.</summary>
public sealed class TrendCaptureTests : IDisposable
{
    private const uint SecondsOfDay = 24 * 60 * 60;
    private const int FileHeader = 24;
    private const int RecordHeader = 16;

    private static readonly string Site = Repository.PathOf("captures", "firewall", "site.yaml");

    private readonly TemporaryDirectory _directory = new();

    /// <summary>Three working days; on the last one a host connects that did not before.</summary>
    public TrendCaptureTests()
    {
        for (uint day = 1; day <= 3; day++)
        {
            Write(day, "traffic");
            if (day == 3)
                Write(day, "scan");
        }
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_counts_of_days_add_up_to_those_of_the_segments()
    {
        var report = Report(["audit", .. Captures, "--by", "day"]);
        var trend = report["trend"]!;

        Assert.Equal(["2026-11-23", "2026-11-24", "2026-11-25"],
            trend["periods"]!.AsArray().Select(period => (string)period!["first_day"]!));
        var pairs = report["segment_pairs"]!.AsArray().Zip(trend["pairs"]!.AsArray()).ToList();
        Assert.NotEmpty(pairs);
        Assert.All(pairs, pair => AssertSame(pair.First!, pair.Second!));
        Assert.All(pairs.SelectMany(pair => pair.First!["services"]!.AsArray()
            .Zip(pair.Second!["services"]!.AsArray())), service => AssertSame(service.First!, service.Second!));
        Assert.Equal(1, (int)trend["periods"]![0]!["flows"]! == (int)trend["periods"]![1]!["flows"]! ? 1 : 0);
    }

    [Fact]
    public void A_store_and_saved_audits_of_each_day_say_the_same()
    {
        var expected = Report(["audit", .. Captures, "--by", "day"])["trend"]!.ToJsonString();
        var days = Captures.GroupBy(capture => Path.GetFileName(capture)[0]).Reverse().ToList();
        foreach (var day in days)
            CommandRun.Of(["store", "add", .. day, "--store", _directory["s"], "--site", Site]);
        Assert.Equal(expected, Report(["audit", "--store", _directory["s"], "--by", "day"])["trend"]!.ToJsonString());

        var states = days.Select(day =>
        {
            var state = _directory[$"{day.Key}.state"];
            CommandRun.Of(["audit", .. day, "--site", Site, "--by", "week", "--save-state", state, "-q"]);
            return state;
        }).ToList();
        Assert.Equal(expected, Report(["merge", .. states, "--by", "day"])["trend"]!.ToJsonString());
        Assert.Equal("week", (string)Report(["merge", .. states, "--by", "week"])["trend"]!["by"]!);
    }

    [Fact]
    public void States_without_counts_by_day_are_refused_with_the_remedy()
    {
        foreach (var name in new[] { "a", "b" })
            CommandRun.Of("audit", Captures[0], "--site", Site, "--save-state", _directory[name], "-q");
        var run = CommandRun.Of("merge", _directory["a"], _directory["b"], "--site", Site, "--by", "day");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("it has no counts by day: save it again with --by", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_has_a_column_for_each_day_and_the_exit_code_is_the_same()
    {
        var plain = CommandRun.Of(["audit", .. Captures, "--site", Site]);
        var run = CommandRun.Of(["audit", .. Captures, "--site", Site, "--by", "day"]);

        Assert.Equal(plain.ExitCode, run.ExitCode);
        Assert.DoesNotContain("Trend", plain.Output, StringComparison.Ordinal);
        Assert.Matches(@"Segments +Word +11-23 +11-24 +11-25\n", run.Output);
        Assert.Contains("No flow began", CommandRun.Of("audit", Captures[0], "--site", Site, "--by", "week").Output
            .Replace("All flows began", "No flow began", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_period_is_named_with_those_that_there_are() => Assert.Contains("known: day, week",
        CommandRun.Of("audit", Captures[0], "--site", Site, "--by", "fortnight").Error, StringComparison.Ordinal);

    private string[] Captures =>
        [.. Directory.GetFiles(_directory[""], "*.pcap").Order(StringComparer.Ordinal)];

    private static JsonObject Report(string[] command) =>
        JsonNode.Parse(CommandRun.Of([.. command, "--site", Site, "--json", "-"]).Output)!.AsObject();

    private static void AssertSame(JsonNode whole, JsonNode trend)
    {
        var counts = trend["counts"]!.AsObject();
        Assert.Equal((long)whole["flows"]!, counts.Sum(word => word.Value!.AsArray().Sum(flows => (long)flows!)));
        Assert.All(whole["words"]!.AsObject(), word => Assert.Equal((long)word.Value!,
            counts[word.Key]?.AsArray().Sum(flows => (long)flows!) ?? 0));
    }

    /// <summary>Copies the captures of both points with later times.</summary>
    private void Write(uint day, string name)
    {
        foreach (var point in new[] { "inside", "outside" })
        {
            var bytes = File.ReadAllBytes(Repository.PathOf("captures", "firewall", $"{name}-{point}.pcap"));
            for (var offset = FileHeader; offset < bytes.Length;)
            {
                var record = bytes.AsSpan(offset);
                BinaryPrimitives.WriteUInt32LittleEndian(record,
                    BinaryPrimitives.ReadUInt32LittleEndian(record) + (day * SecondsOfDay));
                offset += RecordHeader + (int)BinaryPrimitives.ReadUInt32LittleEndian(record[8..]);
            }

            File.WriteAllBytes(_directory[$"{day}-{name}-{point}.pcap"], bytes);
        }
    }
}
