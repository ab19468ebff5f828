using PortAudit.Tests.Cli;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Logs;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Logs;

/// <summary>What two sensors saw counts once.</summary>
public sealed class RepeatedConnectionsTests
{
    private const string Row = "1600000000.100000\tCone\t10.0.0.1\t50000\t10.0.0.2\t80\ttcp\thttp\t1.5\t100\t200\tSF\t"
        + "ShADadFf\t6\t340\t5\t420";

    private const string Turned = "1600000000.200000\tCone\t10.0.0.2\t80\t10.0.0.1\t50000\ttcp\thttp\t1.5\t100\t200\t"
        + "OTH\tDd\t6\t340\t5\t420";

    [Theory]
    [InlineData("1600000000.100000", "1.5", 1)]
    [InlineData("1599999999.200000", "1.5", 1)]
    [InlineData("1600000001.050000", "1.5", 1)]
    [InlineData("1600000001.100000", "1.5", 2)]
    [InlineData("1599999999.100000", "1.5", 2)]
    [InlineData("1599999999.200000", "0.8", 2)]
    [InlineData("1600000000.199999", "-", 1)]
    [InlineData("1600000000.000001", "-", 1)]
    [InlineData("1600000000.000000", "-", 2)]
    public void A_connection_of_two_files_counts_once_where_its_time_agrees(string start, string duration, int expected)
    {
        var other = ZeekText.Connections(Row.Replace("1600000000.100000", start, StringComparison.Ordinal)
            .Replace("\t1.5\t", $"\t{duration}\t", StringComparison.Ordinal));
        var (flows, observation) = ZeekText.Read(("a.log", ZeekText.Connections(Row)), ("b.log", other));

        Assert.Equal(expected, flows.Count);
        Assert.All(observation.Captures, capture => Assert.Equal(1, capture.Rows));
        Assert.Null(observation.Captures[0].Annotations.Oddity);
        Assert.Equal(expected == 1 ? "connections that another log has, too, and that count once: 1 of 1" : null,
            observation.Captures[1].Annotations.Oddity);
        Assert.Equal(expected, observation.Points.Single().Flows);
    }

    [Fact]
    public void The_side_that_a_sensor_takes_for_the_originator_does_not_matter() =>
        Assert.Single(ZeekText.Read(("a.log", ZeekText.Connections(Row)), ("b.log", ZeekText.Connections(Turned)))
            .Flows);

    [Theory]
    [InlineData("50000", "50001")]
    [InlineData("10.0.0.2", "10.0.0.3")]
    [InlineData("\ttcp\t", "\tudp\t")]
    public void Other_ends_are_another_connection(string value, string other) =>
        Assert.Equal(2, ZeekText.Read(("a.log", ZeekText.Connections(Row)),
            ("b.log", ZeekText.Connections(Row.Replace(value, other, StringComparison.Ordinal)))).Flows.Count);

    [Fact]
    public void Attempts_between_which_a_log_is_rotated_are_not_the_same() =>
        Assert.Equal(2, ZeekText.Read(
            ("a.log", ZeekText.Connections(Row.Replace("\t1.5\t", "\t0.001\t", StringComparison.Ordinal))),
            ("b.log", ZeekText.Connections(Row.Replace("000.1", "000.6", StringComparison.Ordinal)))).Flows.Count);

    [Fact]
    public void Every_attempt_is_found_among_those_of_one_second()
    {
        var attempts = Enumerable.Range(0, 3).Select(index => Row
            .Replace("000.1", $"000.{1 + (3 * index)}", StringComparison.Ordinal)
            .Replace("\t1.5\t", "\t-\t", StringComparison.Ordinal)).ToArray();

        Assert.Equal(3, ZeekText.Read(("a.log", ZeekText.Connections(attempts)),
            ("b.log", ZeekText.Connections(attempts))).Flows.Count);
    }

    [Fact]
    public void Attempts_of_one_file_are_never_the_same() =>
        Assert.Equal(2, ZeekText.Read(("a.log", ZeekText.Connections(Row, Row.Replace("000.1", "000.6",
            StringComparison.Ordinal)))).Flows.Count);

    [Fact]
    public void Named_capture_points_are_compared_not_united()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["a.log"], ZeekText.Connections(Row));
        ZeekText.Write(directory["b.log"], ZeekText.Connections(Row));
        var flows = new List<FlowRecord>();
        var options = new LogOptions { CapturePointOf = Path.GetFileName };
        FlowLogSet.Open([directory["a.log"], directory["b.log"]]).Read(options, flows.Add, null, default);

        Assert.Equal(["a.log", "b.log"], flows.Select(flow => flow.CapturePoint).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Connections_beyond_the_limit_are_counted_and_stay()
    {
        var repeated = new RepeatedConnections(maximum: 1);
        var flow = ZeekText.Read(("a.log", ZeekText.Connections(Row))).Flows.Single();
        var later = flow with { StartNs = flow.StartNs + 9_000_000_000 };

        Assert.False(repeated.IsRepeat(flow));
        Assert.False(repeated.IsRepeat(later));
        Assert.False(repeated.IsRepeat(later with { Capture = 1 }));
        Assert.True(repeated.IsRepeat(flow with { Capture = 1 }));
        Assert.Equal(2, repeated.NotKept);
    }
}
