using System.Globalization;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Logs.Suricata;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Traffic.Logs;
using PortAudit.Traffic.Logs.Contract;

namespace PortAudit.Tests.Logs;

/// <summary>Packets that a sensor lost before it counted them, by its own word.</summary>
public sealed class SensorDropTests
{
    [Fact]
    public void Zeek_counts_them_since_the_row_before()
    {
        var stats = ZeekText.Head("stats", "ts\tpeer\tpkts_proc\tpkts_dropped\tpkts_link")
            + "1600000010.0\tzeek\t11\t3\t14\n1600000310.0\tzeek\t11\t4\t15\n1600000610.0\tzeek\t9\t-\t-\n";

        AssertDropped(7, 11, ("conn.log", ZeekText.Connections(ZeekText.Row)), ("stats.log", stats));
        AssertDropped(2, 11, ("conn.log", ZeekText.Connections(ZeekText.Row)), ("stats.log",
            "{\"ts\":1600000010.0,\"peer\":\"zeek\",\"pkts_proc\":5,\"pkts_dropped\":2}\n"));
    }

    [Fact]
    public void Zeek_says_nothing_where_it_reads_a_file()
    {
        var (_, observation) = ZeekText.Read(("conn.log", ZeekText.Connections(ZeekText.Row)), ("stats.log",
            "{\"ts\":1600000010.0,\"peer\":\"zeek\",\"pkts_proc\":5}\n"));

        Assert.All(observation.Captures, capture => Assert.Null(capture.Annotations.Dropped));
    }

    /// <summary>Suricata's flow begins at 12:26:40; events of so many seconds after that, after so many seconds since
    /// its start, with so many packets lost so far.</summary>
    [Theory]
    [InlineData("8 8 5, 16 16 5, 24 24 12", 12)] // started with the first flow
    [InlineData("8 9000 5, 16 9008 5, 24 9016 12", 7)] // long before
    [InlineData("24 9016 12, 8 9000 5, 16 9008 5", 7)] // in another order
    [InlineData("8 9000 5, 16 9008 7, 30 8 3, 38 16 4", 6)] // started again
    [InlineData("8 8 0, 16 16 0", 0)]
    public void Suricata_counts_them_since_its_start(string events, long expected) =>
        AssertDropped(expected, 11, ("eve.json", EveText.Flow + "\n" + Stats(events)));

    [Fact]
    public void Suricatas_counts_may_stand_in_a_file_of_their_own() =>
        AssertDropped(9, 11, ("eve.json", EveText.Flow + "\n"), ("stats.json", Stats("8 8 1, 16 16 9")));

    [Fact]
    public void Only_those_of_the_time_that_is_read_count()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["eve.json"], EveText.Flow + "\n" + Stats("8 9000 5, 16 9008 7, 24 9016 100"));
        var options = new LogOptions { UntilNs = 1_600_000_020_000_000_000 };

        var observation = FlowLogSet.Open([directory["eve.json"]]).Read(options, _ => { }, null, default);

        Assert.Equal(2, observation.Points.Single().Dropped);
    }

    [Fact]
    public void A_list_of_flows_says_that_some_may_be_missing()
    {
        using var directory = new TemporaryDirectory();
        ZeekText.Write(directory["eve.json"], EveText.Flow + "\n" + Stats("8 8 5"));

        var run = CommandRun.Of("flows", directory["eve.json"]);

        Assert.Contains("5 packets were lost before they were recorded", run.Error, StringComparison.Ordinal);
    }

    private static void AssertDropped(long dropped, long packets, params (string Name, string Text)[] files)
    {
        var (_, observation) = ZeekText.Read(files);
        var point = observation.Points.Single();

        Assert.Equal((dropped, packets), (point.Dropped, point.Packets));
        Assert.Equal(dropped, observation.Captures.Sum(capture => capture.Annotations.Dropped));
        Assert.All(observation.Captures, capture => Assert.Null(capture.Annotations.Oddity));
    }

    private static string Stats(string events) => string.Concat(events.Split(", ").Select(text =>
    {
        var numbers = text.Split(' ').Select(long.Parse).ToArray();
        var time = DateTimeOffset.FromUnixTimeSeconds(1600000000 + numbers[0])
            .ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        return $"{{\"timestamp\":\"{time}.000000+0000\",\"event_type\":\"stats\",\"stats\":{{\"uptime\":{numbers[1]},"
            + $"\"capture\":{{\"kernel_packets\":9,\"kernel_drops\":{numbers[2]},\"kernel_ifdrops\":0}}}}}}\n";
    }));
}
