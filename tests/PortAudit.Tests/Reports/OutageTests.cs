using System.Text.Json;
using PortAudit.Audit.Coverage;
using PortAudit.Live.Host;
using PortAudit.Live.Interfaces;
using PortAudit.Reports.Json;
using PortAudit.Reports.Text;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Reports;

/// <summary>Times in which interfaces were away: how they are kept, and what reports say of them.</summary>
public sealed class OutageTests
{
    private const long Noon = 1_795_348_800_000_000_000;
    private const long Second = 1_000_000_000;

    [Fact]
    public void A_sentence_of_the_coverage_names_an_interface_and_its_times()
    {
        var observation = Observe([Away("eth1", 0, 60), Away("eth0", 10, null), Away("eth1", 100, 160),
            Away("eth1", 200, 201), Away("eth1", 300, 302), Away("eth1", 400, 402)], 7);

        Assert.Equal(
            [
                "The interface eth0 was away from 2026-11-22 12:00:10 UTC until the capture ended: traffic there at "
                    + "that time is unknown, and what seems missing may be among it.",
                "The interface eth1 was away from 2026-11-22 12:00:00 UTC to 2026-11-22 12:01:00 UTC, from 2026-11-22 "
                    + "12:01:40 UTC to 2026-11-22 12:02:40 UTC, from 2026-11-22 12:03:20 UTC to 2026-11-22 12:03:21 "
                    + "UTC, and 2 more times: traffic there at that time is unknown, and what seems missing may be "
                    + "among it.",
                "Interfaces were away 7 more times, not listed.",
            ],
            OutageSentences.Of(observation));
        Assert.Empty(OutageSentences.Of(SampleReport.Run().Report.Observation));
    }

    [Fact]
    public void The_lines_of_a_capture_tell_the_first_and_count_the_rest()
    {
        var capture = Observe([.. Enumerable.Range(0, 9)
            .Select(number => Away("eth1", number * 10, number == 0 ? null : (number * 10) + 5))], 3).Captures[0];
        var lines = CaptureLines.Of(capture).Where(line => line.Contains(" away ", StringComparison.Ordinal)).ToList();

        Assert.Equal(6, lines.Count);
        Assert.EndsWith("interface eth1 was away from 2026-11-22 12:00:00.000 UTC on: it is gone", lines[0],
            StringComparison.Ordinal);
        Assert.EndsWith("interface eth1 was away from 2026-11-22 12:00:10.000 to 2026-11-22 12:00:15.000 UTC: it is "
            + "gone", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("interfaces were away 7 more times", lines[5], StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_holds_them_as_the_schema_says()
    {
        var run = SampleReport.Run();
        using var writer = new StringWriter();
        AuditJson.Write(run with
        {
            Report =
            run.Report with { Observation = Observe([Away("eth1", 0, 60), Away("eth1", 70, null)], 2) }
        }, writer);
        var json = writer.ToString();
        var capture = JsonDocument.Parse(json).RootElement.GetProperty("captures")[0];

        Assert.Empty(new JsonSchema(File.ReadAllText(Repository.PathOf("docs/schema/audit.schema.json"))).Check(json));
        Assert.StartsWith("2026-11-22T12:00:00.", capture.GetProperty("outages")[0].GetProperty("from").GetString(),
            StringComparison.Ordinal);
        Assert.StartsWith("2026-11-22T12:01:00.", capture.GetProperty("outages")[0].GetProperty("to").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, capture.GetProperty("outages")[1].GetProperty("to").ValueKind);
        Assert.Equal(2, capture.GetProperty("outages_not_listed").GetInt32());
    }

    [Fact]
    public void The_first_are_kept_and_the_rest_counted()
    {
        var book = new OutageBook();
        for (var time = 0; time < CaptureAnnotations.MaximumOutages + 5; time++)
        {
            book.Begin(3, LiveProblem.DeviceDown("eth1"), time * 10);
            book.Begin(3, LiveProblem.DeviceDown("eth1"), (time * 10) + 1);
            book.End(3, (time * 10) + 5);
        }

        Assert.Equal((CaptureAnnotations.MaximumOutages, 5), (book.ToOutages().Length, (int)book.NotListed));
        Assert.All(book.ToOutages(), outage =>
            Assert.Equal((3, "eth1", 5), (outage.Interface, outage.Name, (int)(outage.ToNs!.Value - outage.FromNs))));
    }

    private static CaptureOutage Away(string name, long from, long? to) =>
        new(0, name, Noon + (from * Second), to is { } back ? Noon + (back * Second) : null, "it is gone");

    private static ObservationSummary Observe(IEnumerable<CaptureOutage> outages, long notListed)
    {
        var observation = SampleReport.Run().Report.Observation;
        return observation with
        {
            Captures = [observation.Captures[0] with { Annotations =
            CaptureAnnotations.None with { Outages = [.. outages], OutagesNotListed = notListed } }]
        };
    }
}
