using System.Globalization;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Logs;

/// <summary>Two sensors of one capture point whose clocks differ.</summary>
public sealed class SkewedClockTests
{
    private const int Connections = 12;

    [Theory]
    [InlineData(7.3, "7.3 s ahead of")]
    [InlineData(-61.3, "61.3 s behind")]
    [InlineData(1.2, "1.2 s ahead of")]
    public void Connections_count_once_where_clocks_differ_by_a_constant_time(double seconds, string expected)
    {
        var (flows, observation) = Read(Rows(Connections, 0), [.. Rows(Connections, seconds), Row(40, 40500)]);

        Assert.Equal(Connections + 1, flows);
        Assert.Contains($"its clock is {expected} that of ", observation.Captures[1].Annotations.Oddity,
            StringComparison.Ordinal);
        Assert.Contains($"another log has, too, and that count once: {Connections} of {Connections + 1}",
            observation.Captures[1].Annotations.Oddity, StringComparison.Ordinal);
        Assert.Null(observation.Captures[0].Annotations.Oddity);
    }

    [Fact]
    public void Ends_that_are_used_again_count_at_the_difference_too()
    {
        string[] again = [Row(300, 40001), Row(600, 40001)];
        string[] shifted = [Row(307.3, 40001), Row(607.3, 40001)];

        Assert.Equal(Connections + 4, Read([.. Rows(Connections + 2, 0), .. again],
            [.. Rows(Connections + 2, 7.3), .. shifted]).Flows);
    }

    [Fact]
    public void Too_few_connections_show_no_difference() =>
        AssertAllCount(Rows(9, 0), Rows(9, 7.3));

    [Fact]
    public void Differences_that_do_not_agree_are_none() =>
        AssertAllCount(Rows(Connections, 0), [.. Enumerable.Range(0, Connections)
            .Select(index => Row((index * 100) + 20 + (index % 4 * 5), 40000 + index))]);

    /// <summary>Clients with a fixed port ask every minute: what two files that follow each other have in common.
    /// </summary>
    [Fact]
    public void Files_that_follow_each_other_are_not_compared() =>
        AssertAllCount([.. Enumerable.Range(0, Connections).Select(index => Row(index, 40000 + index))],
            [.. Enumerable.Range(0, Connections).Select(index => Row(60 + index, 40000 + index))]);

    [Fact]
    public void Clients_that_ask_at_regular_times_are_not_compared()
    {
        string[] Asked(int from) => [.. Enumerable.Range(0, 4).SelectMany(round => Enumerable.Range(0, Connections)
            .Select(index => Row(from + (round * 60) + index, 40000 + index)))];

        AssertAllCount(Asked(0), Asked(30));
    }

    [Fact]
    public void A_difference_that_only_few_connections_of_a_file_show_is_none() =>
        AssertAllCount(Rows(Connections, 0), [.. Rows(Connections, 7.3), .. Enumerable.Range(0, 40)
            .Select(index => Row(index * 20, 50000 + index))]);

    private static void AssertAllCount(string[] one, string[] other)
    {
        var (flows, observation) = Read(one, other);

        Assert.Equal(one.Length + other.Length, flows);
        Assert.All(observation.Captures, capture => Assert.Null(capture.Annotations.Oddity));
    }

    private static (int Flows, ObservationSummary Observation) Read(string[] one, string[] other)
    {
        var (flows, observation) = ZeekText.Read(("a.log", ZeekText.Connections(one)),
            ("b.log", ZeekText.Connections(other)));
        Assert.Equal(flows.Count, observation.Points.Single().Flows);
        return (flows.Count, observation);
    }

    /// <summary>Connections from different ports, some 100 s apart.</summary>
    private static string[] Rows(int count, double ahead) =>
        [.. Enumerable.Range(0, count).Select(index => Row((index * 100) + (index % 3 * 0.1) + ahead, 40000 + index))];

    private static string Row(double second, int port) => string.Create(CultureInfo.InvariantCulture,
        $"{1600000000 + second:F6}\tC{port}\t10.0.0.1\t{port}\t10.0.0.2\t80\ttcp\thttp\t0.5\t100\t200\tSF\t"
            + $"ShADadFf\t6\t340\t5\t420");
}
