using System.Text.Json.Nodes;
using PortAudit.Reports.Flows;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Reports;

/// <summary>Columns that are chosen by name, and lists that are sorted by them.</summary>
public sealed class FlowColumnTests
{
    private static readonly FlowRecord[] Samples = [SampleFlows.Tls, SampleFlows.Ping, SampleFlows.Gre];

    private static string[] DefaultNames => SampleFlows.Listed("csv", null, []).Trim().Split(',');

    [Fact]
    public void The_columns_of_the_flow_list_have_the_same_values_when_they_are_chosen() => Assert.Equal(
        SampleFlows.Listed("csv", null, Samples),
        SampleFlows.Listed("csv", null, Samples, choices: Chosen(DefaultNames)));

    [Fact]
    public void Chosen_columns_of_JSON_have_the_values_of_a_whole_line()
    {
        var whole = Objects(SampleFlows.Listed("jsonl", null, Samples));
        var chosen = Objects(SampleFlows.Listed("jsonl", null, Samples, choices: Chosen(DefaultNames)));

        foreach (var (all, some) in whole.Zip(chosen))
        {
            Assert.Equal(DefaultNames, some.Select(property => property.Key));
            Assert.All(DefaultNames, name => Assert.Equal(all[name]?.ToJsonString(), some[name]?.ToJsonString()));
        }
    }

    [Fact]
    public void Columns_come_in_the_order_in_which_they_are_named()
    {
        Assert.Equal(["bytes,start,capture_point", "13500,2013-05-01T10:00:00.000001Z,"],
            Lines("csv", Chosen("bytes", "start", "capture_point"), SampleFlows.Tls));
        Assert.Equal(["BYTES  OUTCOME", "13500  established", "1 flow."],
            Lines("table", Chosen("bytes", "outcome"), SampleFlows.Tls));
    }

    [Fact]
    public void Every_column_can_be_sorted_by_and_unknown_values_come_last()
    {
        foreach (var column in FlowColumn.All.Where(column => !column.NeedsSite))
        {
            foreach (var isDescending in new[] { false, true })
            {
                var choices = Chosen(column.Name) with { SortBy = column, IsDescending = isDescending };
                var values = SampleFlows.Listed("csv", null, Samples, choices: choices).Split("\r\n")[1..^1];

                Assert.Equal(Samples.Length, values.Length);
                Assert.Equal(values.OrderBy(value => value.Length == 0), values);
            }
        }
    }

    [Theory]
    [InlineData("bytes", true, "30,7,5")]
    [InlineData("bytes", false, "5,7,30")]
    [InlineData("originator", false, "5,30,7")]
    [InlineData("originator", true, "7,30,5")]
    [InlineData("originator_port", false, "30,5,7")]
    [InlineData("start", true, "7,5,30")]
    public void Numbers_times_and_addresses_are_sorted_by_value(string column, bool isDescending, string bytes)
    {
        FlowRecord[] flows =
            [Flow("10.0.0.10", 900, 30, 1), Flow("10.0.0.100", 8_000, 7, 3), Flow("10.0.0.9", 1_000, 5, 2)];
        var choices = Chosen("bytes") with { SortBy = FlowColumn.Find(column), IsDescending = isDescending };

        Assert.Equal(bytes.Split(','), Lines("csv", choices, flows).Skip(1));
    }

    [Fact]
    public void A_top_is_the_beginning_of_the_whole_order()
    {
        FlowRecord[] flows = [.. Enumerable.Range(0, 500).Select(number =>
            Flow("10.0.0.1", (ushort)number, number * 7919 % 100, number) with { Id = (ulong)number })];
        var all = Chosen("bytes", "originator_port") with { SortBy = FlowColumn.Find("bytes"), IsDescending = true };

        foreach (var top in new[] { 1, 10, 499, 500, 1_000 })
            Assert.Equal(Lines("csv", all, flows).Take(top + 1), Lines("csv", all with { Top = top }, flows));
    }

    [Fact]
    public void A_table_is_coloured_on_request_alone_and_says_the_same()
    {
        var refused = SampleFlows.Tls with { Outcome = Outcome.Refused };
        var plain = SampleFlows.Listed("table", null, [refused]);
        var coloured = SampleFlows.Listed("table", null, [refused], choices: new FlowListChoices { Color = true });

        Assert.DoesNotContain('\e', plain);
        Assert.Contains("\e[33mrefused\e[0m", coloured, StringComparison.Ordinal);
        Assert.Equal(plain, coloured.Replace("\e[33m", "", StringComparison.Ordinal)
            .Replace("\e[1m", "", StringComparison.Ordinal).Replace("\e[0m", "", StringComparison.Ordinal));
    }

    private static FlowRecord Flow(string originator, ushort port, long bytes, long second) => SampleFlows.Tls with
    {
        Id = (ulong)second,
        StartNs = second * 1_000_000_000,
        Originator = new Endpoint(PortAudit.Tests.Audit.FlowSample.AddressOf(originator), port),
        Out = new DirectionCounters(1, bytes, 0),
        In = default,
    };

    private static FlowListChoices Chosen(params IEnumerable<string> names) =>
        new() { Columns = [.. names.Select(name => FlowColumn.Find(name)!)] };

    private static string[] Lines(string format, FlowListChoices choices, params FlowRecord[] flows) =>
        SampleFlows.Listed(format, null, flows, choices: choices)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static List<JsonObject> Objects(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
}
