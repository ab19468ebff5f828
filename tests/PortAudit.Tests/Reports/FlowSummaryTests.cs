using System.Globalization;
using System.Text.Json.Nodes;
using PortAudit.Reports.Flows;
using PortAudit.Reports.Text;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Reports;

/// <summary>Flows counted by protocol: one page for captures that nobody has named a site for.</summary>
public sealed class FlowSummaryTests
{
    private static readonly JsonSchema Schema =
        new(File.ReadAllText(Repository.PathOf("docs/schema/flow-summary.schema.json")));

    private const string QuestionMark = "A question mark (?)";
    private const string Tunnels = "Traffic in a tunnel counts both";

    [Fact]
    public void Flows_of_one_protocol_are_one_row_the_largest_first()
    {
        var probe = SampleFlows.Tls
            with
        { Service = null, Outcome = Outcome.Unanswered, Out = new DirectionCounters(3, 180, 0), In = default };

        var page = Summarised(SampleFlows.Ping with { ParentId = 0, Level = 0 }, probe,
            SampleFlows.Tls with { Outcome = Outcome.Midstream },
            SampleFlows.Tls with { ServiceBasis = IdentificationBasis.Payload },
            SampleFlows.Tls with { ServiceBasis = IdentificationBasis.Payload });

        Assert.Equal(
            [
                "tls/sip tcp 2 2 0 38 27,000",
                "not identified icmp6 1 0 1 19 13,500",
                "tls/sip? tcp 1 1 0 19 13,500",
                "tls tcp 1 0 1 3 180",
            ],
            RowsOf(page).Select(Collapsed));
        Assert.Contains("Flows         5, 0 seen in one direction only", page, StringComparison.Ordinal);
        Assert.Contains(QuestionMark, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Tunnels, page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_says_what_its_sums_hold_twice_and_shows_names_from_the_network_as_data()
    {
        var page = Summarised(SampleFlows.Gre);

        Assert.Contains(Tunnels, page, StringComparison.Ordinal);
        Assert.DoesNotContain(QuestionMark, page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', page);
        Assert.DoesNotContain('\r', page);
    }

    [Fact]
    public void What_a_proxy_was_asked_for_has_a_row_of_its_own()
    {
        var flow = SampleFlows.Tls with { Protocol = "http", Service = null };

        Assert.Equal(["http tcp 1 1 0 19 13,500", "http via socks tcp 1 1 0 19 13,500"],
            RowsOf(Summarised(flow, flow with { StartedAs = "socks" })).Select(Collapsed));
    }

    [Fact]
    public void What_comes_behind_the_limit_is_counted_as_one()
    {
        var named = Enumerable.Range(0, FlowSummary.MaximumSubjects + 3)
            .Select(number => SampleFlows.Tls with
            {
                Service = number.ToString("D5", CultureInfo.InvariantCulture),
                ServiceBasis = IdentificationBasis.Payload
            });

        var rows = RowsOf(Summarised([.. named,
            SampleFlows.Tls with { Service = "00007", ServiceBasis = IdentificationBasis.Payload }]));

        Assert.Equal(FlowSummary.MaximumSubjects + 1, rows.Count);
        Assert.Equal("tls/00007 tcp 2 2 0 38 27,000", Collapsed(rows[0]));
        Assert.Equal("others, beyond 4,096 3 3 0 57 40,500", Collapsed(rows[^1]));
    }

    /// <summary>More services than are usual, and some of which now and then the name is another object.</summary>
    [Fact]
    public void Flows_of_many_services_in_any_order_are_counted_each_in_its_row()
    {
        const int services = 40;
        var random = new Random(6);
        var names = Enumerable.Range(0, services).Select(number => $"service-{number:D2}").ToArray();
        var drawn = Enumerable.Range(0, 5_000).Select(_ => random.Next(services) * random.Next(services) / services)
            .ToArray();
        var flows = drawn.Select(number => SampleFlows.Tls with
        {
            Service =
            number % 3 == 0 ? new string(names[number]) : names[number],
            ServiceBasis = IdentificationBasis.Payload
        });

        var rows = RowsOf(Summarised(flows)).Select(row => Collapsed(row).Split(' ')).ToDictionary(cells => cells[0],
            cells => int.Parse(cells[2], NumberStyles.AllowThousands, CultureInfo.InvariantCulture),
            StringComparer.Ordinal);

        Assert.Equal(drawn.CountBy(number => "tls/" + names[number]).ToDictionary(), rows);
    }

    [Fact]
    public void The_command_says_what_captures_hold_instead_of_listing_them()
    {
        var run = CommandRun.Of("flows", "--summary", Repository.PathOf("captures", "lync-edge"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Packets       3,750 (728.4 kB on the wire), none cut by the snap length", run.Output,
            StringComparison.Ordinal);
        Assert.Contains("ssh tcp 1 1 0 46 11,034", RowsOf(run.Output).Select(Collapsed));
        var listed = CommandRun.Of("flows", "--format", "csv", Repository.PathOf("captures", "lync-edge")).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
        Assert.Equal(listed, RowsOf(run.Output)
            .Sum(row => int.Parse(Collapsed(row).Split(' ')[2], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_summary_has_no_format_of_a_list()
    {
        var run = CommandRun.Of("flows", "--summary", "--format", "jsonl", Repository.PathOf("captures", "lync-edge"));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("error: --format jsonl is not for a summary; use one of table, csv, json.", run.Errors[0]);
    }

    [Theory]
    [InlineData("--port", "5061")]
    [InlineData("--since", "2026-11-21T06:37:00Z")]
    [InlineData("-q")]
    public void The_JSON_of_a_summary_follows_its_schema_and_sums_up_what_is_listed(params string[] options)
    {
        var capture = Repository.PathOf("captures", "lync-edge");
        var run = CommandRun.Of(["flows", capture, "--summary", "--format", "json", .. options]);
        var document = JsonNode.Parse(run.Output)!;
        var listed = CommandRun.Of(["flows", capture, "--format", "csv", "--columns", "bytes", .. options]).Output
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(bytes => long.Parse(bytes, CultureInfo.InvariantCulture)).ToList();

        Assert.Empty(Schema.Check(run.Output));
        Assert.Equal(listed.Count, (int)document["flows"]!);
        Assert.Equal(listed.Sum(), document["protocols"]!.AsArray().Sum(row => (long)row!["bytes"]!));
        Assert.Equal(options is ["-q"], document["selection"] is null);
    }

    [Fact]
    public void The_CSV_of_a_summary_has_the_rows_of_its_JSON()
    {
        var capture = Repository.PathOf("captures", "lync-edge");
        var lines = CommandRun.Of("flows", capture, "--summary", "--format", "csv").Output
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var json = CommandRun.Of("flows", capture, "--summary", "--format", "json").Output;
        var rows = JsonNode.Parse(json)!["protocols"]!.AsArray();

        Assert.Equal("protocol,protocol_by,service,service_by,proxy,transport,flows,passed,stopped,packets,bytes",
            lines[0]);
        Assert.Equal(rows.Select(row => $"{row!["protocol"]},{row["transport"]},{row["flows"]},{row["bytes"]}"),
            lines.Skip(1).Select(line => line.Split(','))
                .Select(cells => $"{cells[0]},{cells[5]},{cells[6]},{cells[10]}"));
    }

    [Fact]
    public void Captures_without_a_flow_say_so()
    {
        Assert.Contains("No flows: the captures contain no conversation.", Summarised(),
            StringComparison.Ordinal);
    }

    private static string Summarised(params IEnumerable<FlowRecord> flows)
    {
        var summary = new FlowSummary();
        foreach (var flow in flows)
            summary.Add(flow);
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        summary.Write(new ObservationSummary
        {
            Captures = [],
            Points = [],
            DecodeStops = [],
            FlowsEvicted = 0,
            IdentificationsSkipped = 0
        }, [], null, writer, new TextReportOptions(100, Color: false, Verbose: false));
        return writer.ToString();
    }

    /// <summary>The rows of the table, below its head.</summary>
    private static List<string> RowsOf(string page) =>
        [.. page[page.IndexOf(" Protocol ", StringComparison.Ordinal)..].Split('\n').Skip(2)
            .TakeWhile(line => line.Length > 0)];

    private static string Collapsed(string row) =>
        string.Join(' ', row.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
