using System.Text.Json.Nodes;
using PortAudit.Tests.Capture;
using PortAudit.Tests.Cli;
using PortAudit.Tests.EndToEnd;
using PortAudit.Tests.Flows;
using PortAudit.Tests.Logs.Zeek;
using PortAudit.Tests.Reports;
using PortAudit.Traffic.Logs;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.NetFlow;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;
using static PortAudit.Tests.Logs.NetFlow.ExportBytes;

namespace PortAudit.Tests.Logs.NetFlow;

/// <summary>Export datagrams in captures: <c>--flow-exports</c>.</summary>
public sealed class CapturedExportTests
{
    private static readonly byte[] UsualTemplate = Set(0, Template(256, Usual));
    private static readonly byte[] Request = Record(1, 50000, 2, 80, 0x1B, 6, 700);
    private static readonly byte[] Answer = Record(2, 80, 1, 50000, 0x1B, 5, 900);

    public static TheoryData<byte[]> Others => new()
    {
        Version5(0, Fixed(1, 50000, 2, 80, 2, 1, 60))[..^1],
        (byte[])[.. Version5(0, Fixed(1, 50000, 2, 80, 2, 1, 60)), 0],
        Version9(7),
        Version9(7, [0, 77, 0, 8, 0, 0, 0, 0]),
        (byte[])[.. Version9(7, UsualTemplate), 1, 2, 3, 4],
        Version9(7, UsualTemplate)[..^1],
        Ipfix(7),
        (byte[])[.. Ipfix(7, Set(2, Template(256, Usual))), 0],
        new byte[40],
        new byte[1],
    };

    [Theory]
    [InlineData(2055)]
    [InlineData(40123)]
    public void Records_are_flows_whatever_the_port(int port)
    {
        var (flows, observation) = ReadFrames(Of(9, Version9(7, UsualTemplate, Set(256, Request, Answer)), port));

        var flow = Assert.Single(flows);
        Assert.Equal(("192.0.2.1:50000", Outcome.Established), (flow.Originator.ToString(), flow.Outcome));
        Assert.Equal(("NetFlow", "frame", "records 1 and 2", 1L),
            (flow.Log!.Source.Name, flow.Log.Source.RowName, flow.Log.Identifier, flow.Log.Line));
        Assert.True(observation.Captures[0].IsWhole);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void What_does_not_fill_the_datagram_is_none(byte[] payload)
    {
        var (flows, observation) = ReadFrames(Of(9, payload));

        Assert.Empty(flows);
        Assert.Contains("no datagram in it", Said(observation), StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_are_told_apart()
    {
        var (flows, _) = ReadFrames(Of(9, Version5(0, Fixed(1, 50000, 2, 80, 2, 1, 60))),
            Of(9, Ipfix(7, Set(2, Template(256, Usual)), Set(256, Record(3, 50000, 2, 80, 2, 1, 60)))));

        Assert.Equal([("IPFIX", 2L), ("NetFlow", 1L)],
            flows.Select(flow => (flow.Log!.Source.Name, flow.Log.Line)).Order());
    }

    [Fact]
    public void Templates_are_those_of_an_exporter()
    {
        var (flows, observation) = ReadFrames(Of(8, Version9(7, UsualTemplate)), Of(9, Version9(7, Set(256, Request))));

        Assert.Empty(flows);
        Assert.Contains("template", Said(observation), StringComparison.Ordinal);
    }

    [Fact]
    public void What_two_exporters_of_one_number_saw_counts_once()
    {
        var later = Record(1, 50000, 2, 80, 0x1B, 6, 700, first: 990_010, last: 991_010);
        var (flows, _) = ReadFrames(Of(8, Version9(7, UsualTemplate, Set(256, Request, Answer))),
            Of(9, Version9(7, UsualTemplate, Set(256, later))));

        Assert.Equal(6, Assert.Single(flows).Out.Packets);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cut_datagram_and_a_fragment_keep_their_first_records(bool isFragment)
    {
        var frame = Of(9, Version5(0, Fixed(1, 50000, 2, 80, 2, 1, 60), Fixed(3, 50000, 2, 80, 2, 1, 60)));
        if (isFragment)
        {
            Short(frame.Length - 14 - 8).CopyTo(frame, 16);
            frame[20] = 0x20;
            frame = frame[..^8];
        }

        var (flows, observation) = ReadFrames(isFragment ? 0 : 5, frame);

        Assert.Equal("192.0.2.1", Assert.Single(flows).Originator.Address.ToString());
        Assert.Contains("cut or in fragments", Said(observation), StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_names_the_frame()
    {
        var damaged = Version9(7, UsualTemplate, Set(256, Request, [1, 2, 3, 4, 5]));
        var (_, observation) = ReadFrames(Of(9, [1]), Of(9, damaged));

        Assert.Contains("frame 2 has 5 bytes behind the records of template 256", Said(observation),
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(46);
        var seeds = new[] { Version9(7, UsualTemplate, Set(256, Request)), Version5(0, Fixed(1, 2, 3, 4, 5, 6, 7)) };
        for (var run = 0; run < 3000; run++)
        {
            var bytes = seeds[run % 2].ToArray();
            for (var change = random.Next(5); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            CapturedExport.IsExport(bytes.AsSpan(0, random.Next(bytes.Length)), random.Next(2) * bytes.Length, out _);
        }
    }

    [Fact]
    public void Flows_has_the_records_beside_the_flow_that_carries_them()
    {
        using var directory = new TemporaryDirectory();
        var capture = PcapFile.Write(directory["export.pcap"],
            [(Seconds, Of(9, Version9(7, UsualTemplate, Set(256, Request, Answer))))]);

        var without = CommandRun.Of("flows", capture, "--format", "csv");
        var with = CommandRun.Of("flows", capture, "--flow-exports", "--format", "csv");

        Assert.Equal((0, 0, 2), (without.ExitCode, with.ExitCode, without.Output.Trim().Split('\n').Length));
        Assert.Equal("192.0.2.1,50000,192.0.2.2,80", string.Join(',', Assert.Single(with.Output.Trim().Split('\n')
            .Except(without.Output.Trim().Split('\n'))).Split(',')[5..9]));
    }

    [Fact]
    public void A_finding_names_the_frame_of_the_datagram()
    {
        using var directory = new TemporaryDirectory();
        var capture = WriteExport(directory);

        var run = CommandRun.Of("audit", capture, "--flow-exports", "--site", directory["site.yaml"], "--json",
            directory["a.json"], "--report", directory["a.html"], "--evidence", directory["a.pcapng"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("export.pcap frame 2 (records 1 and 2)", run.Output.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
        Assert.Empty(new JsonSchema(File.ReadAllText(Repository.PathOf("docs", "schema", "audit.schema.json")))
            .Check(File.ReadAllText(directory["a.json"])));
    }

    [Fact]
    public void A_store_keeps_the_records_with_the_frames_of_their_datagrams()
    {
        using var directory = new TemporaryDirectory();
        var capture = WriteExport(directory);

        var added = CommandRun.Of("store", "add", capture, "--flow-exports", "--store", directory["s"]);

        Assert.Equal((0, $"Added 2 flows of 1 capture to {directory["s"]}.\n"), (added.ExitCode, added.Output));
        Assert.Equal(CommandRun.Of("flows", capture, "--flow-exports", "--format", "csv").Output,
            CommandRun.Of("flows", "--store", directory["s"], "--format", "csv").Output);
        var audit = CommandRun.Of("audit", "--store", directory["s"], "--site", directory["site.yaml"], "--json", "-");
        var expected = CommandRun.Of("audit", capture, "--flow-exports", "--site", directory["site.yaml"], "--json",
            "-");
        Assert.Contains("\"sha256\": \"", audit.Output, StringComparison.Ordinal);
        Assert.Equal(LyncEdge.Comparable(JsonNode.Parse(expected.Output)!.AsObject()),
            LyncEdge.Comparable(JsonNode.Parse(audit.Output)!.AsObject()));
        Assert.Contains("export.pcap frame 2 (records 1 and 2)", CommandRun.Of("audit", "--store", directory["s"],
            "--site", directory["site.yaml"]).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_are_those_of_the_records()
    {
        using var directory = new TemporaryDirectory();
        var capture = PcapFile.Write(directory["export.pcap"],
            [(Seconds, Of(9, Version9(7, UsualTemplate, Set(256, Request, Answer))))]);

        Assert.Contains("Hosts answered", CommandRun.Of("roles", capture, "--flow-exports").Output,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Hosts answered", CommandRun.Of("roles", capture).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-", "cannot be")]
    [InlineData("FILE --filter udp", "the records of --flow-exports have none")]
    public void What_cannot_be_is_refused(string arguments, string reason)
    {
        using var directory = new TemporaryDirectory();
        var capture = PcapFile.Write(directory["export.pcap"], [(Seconds, Of(9, [1]))]);

        var run = CommandRun.Of(["flows", "--flow-exports",
            .. arguments.Replace("FILE", capture, StringComparison.Ordinal).Split(' ')]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    /// <summary>A frame from exporter 198.51.100.<paramref name="exporter"/>.</summary>
    private static byte[] Of(int exporter, byte[] payload, int port = 9995) => FrameBuilder.Udp(
        $"198.51.100.{exporter}", 50000, "198.51.100.200", (ushort)port, payload);

    private static (List<FlowRecord> Flows, ObservationSummary Observation) ReadFrames(params byte[][] frames) =>
        ReadFrames(0, frames);

    /// <summary>Writes a capture whose second frame exports a request and its answer, and the site of both.</summary>
    private static string WriteExport(TemporaryDirectory directory)
    {
        ZeekText.Write(directory["site.yaml"], """
            site: test
            catalogs: [windows-server]
            hosts:
              - { name: client, addresses: [192.0.2.1], roles: [domain-client] }
              - { name: server, addresses: [192.0.2.2], roles: [domain-controller] }
            """);
        return PcapFile.Write(directory["export.pcap"],
            [(Seconds, Of(9, [1])), (Seconds, Of(9, Version9(7, UsualTemplate, Set(256, Request, Answer))))]);
    }

    /// <summary>Reads a capture of frames.</summary>
    /// <param name="cut">Bytes of the last frame that the capture does not have.</param>
    /// <param name="frames">The frames, whole.</param>
    private static (List<FlowRecord> Flows, ObservationSummary Observation) ReadFrames(int cut, params byte[][] frames)
    {
        using var directory = new TemporaryDirectory();
        var capture = PcapFile.Write(directory["export.pcap"], frames.Select(frame => (Seconds, frame)));
        if (cut > 0)
        {
            var bytes = File.ReadAllBytes(capture);
            BitConverter.TryWriteBytes(bytes.AsSpan(^(frames[^1].Length + 8)), frames[^1].Length - cut);
            File.WriteAllBytes(capture, bytes[..^cut]);
        }

        var flows = new List<FlowRecord>();
        var observation = FlowLogSet.Open([capture]).WithExports([capture])
            .Read(new LogOptions(), flows.Add, null, CancellationToken.None);
        return (flows, observation);
    }
}
