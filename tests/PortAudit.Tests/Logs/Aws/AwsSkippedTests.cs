using System.Globalization;
using System.Text.Json;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Tests.Reports;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Logs.Aws;

/// <summary>Intervals in which AWS did not record all packets (<c>SKIPDATA</c>) prove no absence.</summary>
public sealed class AwsSkippedTests
{
    private const int Begin = 1600000000;
    private const int Hour = 3600;
    private const string Sentence = "AWS did not record all packets from ";

    [Fact]
    public void An_absence_counts_only_for_the_time_that_was_recorded()
    {
        var (statuses, reasons, sentences) = Audit(Skipped(0, Hour));

        Assert.Equal(["not-tried"], statuses);
        Assert.Contains("not counting 60 minutes in which it did not record all", Assert.Single(reasons),
            StringComparison.Ordinal);
        Assert.Equal($"{Sentence}2020-09-13 12:26:40 UTC to 2020-09-13 13:26:40 UTC: what seems missing may have "
            + "passed then.", Assert.Single(sentences));
    }

    [Fact]
    public void No_absence_counts_where_all_the_time_is_skipped()
    {
        var (statuses, _, sentences) = Audit(Skipped(0, 2 * Hour));

        Assert.Equal(["window-too-short"], statuses);
        Assert.Single(sentences);
    }

    [Fact]
    public void Intervals_without_packets_are_recorded_time()
    {
        var (statuses, reasons, sentences) = Audit(Skipped(0, Hour).Replace("SKIPDATA", "NODATA",
            StringComparison.Ordinal));

        Assert.Equal(["not-tried"], statuses);
        Assert.DoesNotContain("not counting", Assert.Single(reasons), StringComparison.Ordinal);
        Assert.Empty(sentences);
    }

    [Fact]
    public void Intervals_beyond_the_limit_are_one_to_the_end_of_the_last()
    {
        var text = string.Concat(Enumerable.Range(0, CaptureAnnotations.MaximumOutages + 2)
            .Select(index => Skipped(index * 100, (index * 100) + 50)));

        var outages = AwsText.ReadAll(Records + text).Observation.Captures[0].Annotations.Outages;

        Assert.Equal(CaptureAnnotations.MaximumOutages, outages.Length);
        Assert.Equal((Begin + ((CaptureAnnotations.MaximumOutages + 1) * 100L) + 50) * 1_000_000_000, outages[^1].ToNs);
    }

    private static string Records => AwsText.Plain("10.0.0.1 10.0.0.2 40000 53 17", 3, 180)
        + AwsText.Plain("10.0.0.2 10.0.0.1 53 40000 17", 3, 180)
        + AwsText.Plain("10.0.0.1 10.0.0.2 40001 53 17", 3, 180, start: (2 * Hour) - 59);

    private static string Skipped(int from, int to) => string.Create(CultureInfo.InvariantCulture,
        $"2 123456789010 eni-1 - - - - - - - {Begin + from} {Begin + to} - SKIPDATA\n");

    private static (List<string> Statuses, List<string> Reasons, List<string> Sentences) Audit(string skipped)
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["vpc.log"], Records + skipped);
        ZeekText.Write(directory["site.yaml"], """
            site: test
            catalogs: [windows-server]
            hosts:
              - { name: client, addresses: [10.0.0.1], roles: [domain-client] }
              - { name: server, addresses: [10.0.0.2], roles: [domain-controller] }
            rules:
              - { id: own.hourly, title: Hourly, from: domain-client, to: domain-controller, transport: tcp,
                  ports: 9999, protocol: tls, need: required, period: hourly }
            """);
        var run = CommandRun.Of("audit", directory["vpc.log"], "--site", directory["site.yaml"], "--json", "-");
        Assert.Empty(new JsonSchema(File.ReadAllText(Repository.PathOf("docs", "schema", "audit.schema.json")))
            .Check(run.Output));
        var report = JsonDocument.Parse(run.Output).RootElement;
        var rules = report.GetProperty("rules").EnumerateArray()
            .Where(rule => rule.GetProperty("id").GetString() == "own.hourly").ToList();
        return ([.. rules.Select(rule => rule.GetProperty("status").GetString()!)],
            [.. rules.Select(rule => rule.GetProperty("reason").GetString()!)],
            [.. report.GetProperty("coverage").GetProperty("cannot_say").EnumerateArray()
                .Select(sentence => sentence.GetString()!)
                .Where(sentence => sentence.StartsWith(Sentence, StringComparison.Ordinal))]);
    }
}
