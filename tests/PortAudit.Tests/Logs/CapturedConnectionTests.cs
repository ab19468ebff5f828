using System.Globalization;
using PortAudit.Tests.Capture;
using PortAudit.Tests.Cli;
using PortAudit.Tests.Flows;
using PortAudit.Tests.Logs.Zeek;

namespace PortAudit.Tests.Logs;

/// <summary>What a log and a capture of one point have counts once, as the capture has it.</summary>
public sealed class CapturedConnectionTests
{
    private const uint Second = 1600000000;

    [Theory]
    [InlineData("0.0", "9.0", 1)] // the same
    [InlineData("4.5", "2.0", 1)] // a part of it, as another idle time makes
    [InlineData("4.5", "9.0", 2)] // begins within it, and goes on
    [InlineData("20.0", "1.0", 2)] // later
    public void Rows_of_a_captured_flow_count_once(string start, string duration, int expected)
    {
        var run = Flows(start, duration, "FILE", "LOG");

        Assert.Equal(expected, run.Output.Trim().Split('\n').Length - 1);
        Assert.Contains("c.pcap", run.Output, StringComparison.Ordinal);
        Assert.Equal(expected == 1, run.Error.Contains("connections that a capture of this point has, too, and that "
            + "count once: 1 of 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Points_with_names_are_compared_not_united() =>
        Assert.Equal(0, Flows("0.0", "9.0", "FILE", "LOG", "--site", "SITE").Error.Length);

    [Fact]
    public void A_log_with_a_clock_of_its_own_counts_once_beside_a_capture()
    {
        using var directory = new TemporaryDirectory();
        PcapFile.Write(directory["c.pcap"], [.. Enumerable.Range(0, 20)
            .Select(index => (Second + (uint)(index * 10), Frame(50000 + index)))]);
        ZeekText.Write(directory["conn.log"], ZeekText.Connections([.. Enumerable.Range(0, 20)
            .Select(index => Row((index * 10) + 3.3, 0.0, 50000 + index))]));

        var run = CommandRun.Of("flows", directory["c.pcap"], directory["conn.log"], "--format", "csv");

        Assert.Equal(20, run.Output.Trim().Split('\n').Length - 1);
        Assert.Contains("its clock is 3.3 s ahead of that of the capture", run.Error, StringComparison.Ordinal);
    }

    private static CommandRun Flows(string start, string duration, params string[] arguments)
    {
        using var directory = new TemporaryDirectory();
        PcapFile.Write(directory["c.pcap"],
            [.. Enumerable.Range(0, 10).Select(second => (Second + (uint)second, Frame(50000)))]);
        ZeekText.Write(directory["conn.log"], ZeekText.Connections(Row(
            double.Parse(start, CultureInfo.InvariantCulture), double.Parse(duration, CultureInfo.InvariantCulture),
            50000)));
        ZeekText.Write(directory["site.yaml"], """
            site: test
            catalogs: [common]
            capture-points:
              - { name: a, files: ['*.pcap'] }
              - { name: b, files: ['*.log'] }
            """);
        return CommandRun.Of(["flows", .. arguments.Select(argument => argument switch
        {
            "FILE" => directory["c.pcap"],
            "LOG" => directory["conn.log"],
            "SITE" => directory["site.yaml"],
            _ => argument,
        }), "--format", "csv"]);
    }

    private static byte[] Frame(int port) => FrameBuilder.Udp("10.0.0.1", (ushort)port, "10.0.0.2", 514, [1, 2, 3]);

    private static string Row(double start, double duration, int port) => string.Create(CultureInfo.InvariantCulture,
        $"{Second + start:F6}\tC{port}\t10.0.0.1\t{port}\t10.0.0.2\t514\tudp\t-\t{duration:F1}\t30\t0\tS0\tD\t10\t"
            + $"310\t0\t0");
}
