using System.Text.Json;
using PortAudit.Tests.Capture;
using PortAudit.Tests.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Cli.Commands;

/// <summary><c>portaudit compare</c> and <c>--point</c>.</summary>
public sealed class CompareCommandTests
{
    private static readonly string Firewall = Repository.PathOf("captures", "firewall");

    private static string Of(string name) => Path.Combine(Firewall, $"{name}.pcap");

    [Fact]
    public void Two_captures_are_two_points()
    {
        var run = CommandRun.Of("compare", Of("traffic-outside"), Of("traffic-inside"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Through the device: traffic-outside.pcap and traffic-inside.pcap", run.Output,
            StringComparison.Ordinal);
        Assert.Contains("dropped", run.Output, StringComparison.Ordinal);
    }

    /// <summary>The lab made each attempt twice (tools/lab/firewall/cases.tsv).</summary>
    [Theory]
    [InlineData(80, "passed")]
    [InlineData(8081, "dropped dropped")]
    [InlineData(8082, "rejected-by-device rejected-by-device")]
    [InlineData(8083, "rejected-by-device rejected-by-device")]
    [InlineData(8086, "reset-by-device reset-by-device")]
    [InlineData(23, "dropped dropped")]
    [InlineData(161, "dropped dropped")]
    [InlineData(1812, "rejected-by-device rejected-by-device")]
    public void Each_attempt_of_the_firewall_lab_has_its_fate(int port, string fates)
    {
        var run = CommandRun.Of("compare", Of("traffic-outside"), Of("traffic-inside"), "--json", "-");

        var found = JsonDocument.Parse(run.Output).RootElement.GetProperty("passages")[0].GetProperty("connections")
            .EnumerateArray()
            .Where(connection => connection.GetProperty("near").GetProperty("responder_port").GetInt32() == port)
            .Select(connection => connection.GetProperty("fate").GetString()).ToList();
        Assert.NotEmpty(found);
        Assert.Equal(fates, string.Join(' ', fates.Contains(' ', StringComparison.Ordinal) ? found : found.Distinct()));
    }

    [Theory]
    [InlineData("No capture is given")]
    [InlineData("the captures have one point only", "traffic-outside")]
    public void Fewer_than_two_points_cannot_be_compared(string problem, params string[] names)
    {
        var run = CommandRun.Of(["compare", .. names.Select(Of)]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_is_at_one_point_only()
    {
        var run = CommandRun.Of("compare", "--point", $"a={Of("traffic-outside")}", "--point",
            $"b={Of("traffic-outside")}");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("cannot have been recorded at both a and b", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outside")]
    [InlineData("=file.pcap")]
    [InlineData("outside=")]
    public void A_point_needs_name_and_file(string text)
    {
        var run = CommandRun.Of("audit", "--point", text);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--point {text}: write NAME=FILE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Captures_with_and_without_a_point_do_not_mix()
    {
        var run = CommandRun.Of("compare", Of("traffic-outside"), "--point", $"in={Of("traffic-inside")}");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("name all captures with --point, or none", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_output_overwrites_a_capture()
    {
        var run = CommandRun.Of("compare", Of("traffic-outside"), Of("traffic-inside"), "--csv", Of("traffic-inside"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("would be overwritten", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_capture_is_named_and_the_rest_is_compared()
    {
        var run = CommandRun.Of("compare", Of("traffic-outside"), Of("absent"));

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("absent.pcap", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_three_points_in_a_row_each_two_neighbours_are_compared()
    {
        using var directory = new TemporaryDirectory();
        string Capture(string name, byte hops) => PcapFile.Write(Path.Combine(directory.Path, name),
        [
            (1, FrameBuilder.Tcp("10.0.0.5", 50000, "10.1.0.80", 443, TcpFlags.Syn, 777).From(hops)),
            (2, FrameBuilder.Tcp("10.1.0.80", 443, "10.0.0.5", 50000, TcpFlags.Syn | TcpFlags.Ack, 9, 778)
                .From((byte)(126 - hops))),
            (3, FrameBuilder.Tcp("10.0.0.5", 50000, "10.1.0.80", 443, TcpFlags.Ack, 778, 10).From(hops)),
        ]);
        string[] points = [$"lan={Capture("a", 64)}", $"core={Capture("b", 63)}", $"dc={Capture("c", 62)}"];

        var compared = CommandRun.Of(["compare", .. points.SelectMany(point => new[] { "--point", point })]);
        var audited = CommandRun.Of(["audit", .. points.SelectMany(point => new[] { "--point", point })]);

        foreach (var run in new[] { compared, audited })
        {
            Assert.Contains("Through the device: lan and core", run.Output, StringComparison.Ordinal);
            Assert.Contains("Through the device: core and dc", run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("Through the device: lan and dc", run.Output, StringComparison.Ordinal);
        }

        Assert.Contains("3 recorded, 1 different", audited.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_audit_judges_a_translated_connection_once_with_the_addresses_of_both_ends()
    {
        using var directory = new TemporaryDirectory();
        var (outside, inside) = (Path.Combine(directory.Path, "wan.pcap"), Path.Combine(directory.Path, "lan.pcap"));
        byte[] Syn(string from, ushort port, byte hops) => FrameBuilder.Tcp(from, port, "203.0.113.80", 8443,
            TcpFlags.Syn, 777).From(hops);
        byte[] Answer(string to, ushort port, byte hops) => FrameBuilder.Tcp("203.0.113.80", 8443, to, port,
            TcpFlags.Syn | TcpFlags.Ack, 999, 778).From(hops);
        byte[] Data(string from, ushort port, byte hops) => FrameBuilder.Tcp(from, port, "203.0.113.80", 8443,
            TcpFlags.Ack, 778, 1000, "hello"u8.ToArray()).From(hops);
        PcapFile.Write(inside, [(1, Syn("10.0.0.5", 50000, 64)), (1, Answer("10.0.0.5", 50000, 55)),
            (2, Data("10.0.0.5", 50000, 64))]);
        PcapFile.Write(outside, [(1, Syn("198.51.100.1", 61000, 63)), (1, Answer("198.51.100.1", 61000, 56)),
            (2, Data("198.51.100.1", 61000, 63))]);

        var run = CommandRun.Of("audit", "--point", $"lan={inside}", "--point", $"wan={outside}");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("1 flow judged", run.Output, StringComparison.Ordinal);
        Assert.Contains("10.0.0.5 opened 1 flow to 203.0.113.80 on tcp 8443", run.Output, StringComparison.Ordinal);
        Assert.Contains("source  10.0.0.5  198.51.100.1", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("198.51.100.1 opened", run.Output, StringComparison.Ordinal);
        foreach (var address in new[] { "10.0.0.5", "198.51.100.1" })
            Assert.Contains($"ip.addr=={address}", run.Output, StringComparison.Ordinal);
    }
}
