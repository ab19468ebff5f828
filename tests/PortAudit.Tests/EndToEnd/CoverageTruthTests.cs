using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using PortAudit.Tests.Capture;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.EndToEnd;

/// <summary>
/// What a report says of a capture that has everything that makes captures less than the truth (VLANs, tunnels,
/// fragments, cut frames, frames twice, lost packets, comments) is what tshark and capinfos say of it.
/// </summary>
public sealed class CoverageTruthTests : IDisposable
{
    private const int SnapLength = 120;
    private const int Repeated = 30;

    private readonly string _folder = Directory.CreateTempSubdirectory("portaudit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Packets_bytes_and_cut_frames_are_tsharks_and_capinfos()
    {
        var capture = Make();
        var frames = Tshark.Fields(capture, "", "frame.len", "frame.cap_len");
        var lengths = frames
            .Select(frame => frame.Select(field => long.Parse(field, CultureInfo.InvariantCulture)).ToArray()).ToList();
        var cut = lengths.Count(length => length[1] < length[0]);
        var coverage = Audit(capture)["coverage"]!;

        Assert.InRange(cut, 1, frames.Count - 1);
        Assert.Equal((frames.Count, lengths.Sum(length => length[0]), cut),
            ((int)coverage["packets"]!, (long)coverage["bytes"]!, (int)coverage["cut_packets"]!));
        Assert.Equal(Math.Round((decimal)cut / frames.Count, 6), (decimal)coverage["shares"]!["cut"]!);
        Assert.Equal($"{frames.Count} {lengths.Sum(length => length[0])}", Capinfos(capture));
        Assert.Equal($$"""[{"link_type":1,"name":"Ethernet","packets":{{frames.Count}}}]""",
            coverage["links"]!.ToJsonString());
    }

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Vlans_and_tunnels_are_tsharks()
    {
        var capture = Make();
        var coverage = Audit(capture)["coverage"]!;

        // The second record of a frame is a frame, too.
        var vlans = Tshark.Fields(capture, "vlan", "vlan.id").GroupBy(row => row[0])
            .ToDictionary(group => group.Key, group => (long)group.Count());
        Assert.True(vlans.Count > 5);
        Assert.Equal(vlans.OrderBy(vlan => int.Parse(vlan.Key, CultureInfo.InvariantCulture)),
            Counts(coverage, "vlans", "vlan"));
        Assert.Equal(
            [
                KeyValuePair.Create("gre", (long)Tshark.Select(capture, "gre && !vxlan").Count),
                KeyValuePair.Create("vxlan:1111", (long)Tshark.Select(capture, "vxlan.vni == 1111").Count),
            ],
            Counts(coverage, "tunnels", "tunnel"));
    }

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void Duplicates_and_losses_are_those_that_were_made()
    {
        var report = Audit(Make());
        var coverage = report["coverage"]!;

        Assert.Equal(Repeated, (int)coverage["duplicates"]!);
        Assert.Equal(47, (int)coverage["loss"]!["dropped"]!);
        Assert.Equal(47, (int)report["captures"]![0]!["dropped"]!);
        Assert.Equal("recorded for a test", (string?)report["captures"]![0]!["comments"]![0]!["text"]);
        Assert.Contains("The captures report 47 packets lost before being recorded: what seems missing may be among "
            + "them.", coverage["cannot_say"]!.AsArray().Select(sentence => (string?)sentence));
    }

    [NeedsFact(Part.Corpus, Part.Tshark)]
    public void The_same_packets_in_other_files_have_the_same_coverage()
    {
        var whole = Path.Combine(_folder, "whole.pcap");
        Run("mergecap", "-F", "pcap", "-w", whole, Corpus.PathOf("slytechs-repos_jnetpcap-legacy__test-vlan.pcap"),
            Corpus.PathOf("arkime_arkime__gre-sample.pcap"), Corpus.PathOf("ntop_nDPI__dns_fragmented.pcap"));
        var parts = Directory.CreateDirectory(Path.Combine(_folder, "parts")).FullName;
        SplitCapture.Split(whole, Path.Combine(parts, "part.pcap"), framesEach: 100);

        Assert.True(Directory.GetFiles(parts).Length > 3);
        Assert.Equal(Audit(whole)["coverage"]!.ToJsonString(), Audit(parts)["coverage"]!.ToJsonString());
    }

    [Fact]
    public void A_list_of_flows_warns_of_loss_and_tells_the_rest_when_asked()
    {
        var path = Path.Combine(_folder, "lossy.pcapng");
        var file = new PcapngBytes();
        file.Section().Interface()
            .Enhanced(0, 0, Flows.FrameBuilder.Udp("10.0.0.1", 9, "10.0.0.2", 9, [1], vlan: 5),
                options: [file.Option(4, file.U64(1234))]);
        File.WriteAllBytes(path, file.ToArray());

        Assert.Equal(["warning: 1,234 packets were lost before they were recorded, as the captures report: flows may "
            + "be missing"], CommandRun.Of("flows", path).Errors);
        Assert.Contains("information: packets: 1 (47 bytes), lost: 1,234, cut: 0, recorded more than once: 0",
            CommandRun.Of("flows", path, "-v").Errors);
        Assert.Contains("information: packets by VLAN: 5: 1", CommandRun.Of("flows", path, "-v").Errors);
    }

    /// <summary>A capture of pieces of the corpus, cut by editcap, with the last frames twice, a comment and a count of
    /// lost packets.</summary>
    private string Make()
    {
        var merged = Path.Combine(_folder, "merged.pcap");
        var cut = Path.Combine(_folder, "cut.pcap");
        Run("mergecap", "-F", "pcap", "-w", merged, Corpus.PathOf("slytechs-repos_jnetpcap-legacy__test-vlan.pcap"),
            Corpus.PathOf("arkime_arkime__gre-sample.pcap"), Corpus.PathOf("ntop_nDPI__vxlan.pcap"),
            Corpus.PathOf("ntop_nDPI__dns_fragmented.pcap"));
        Run("editcap", "-s", SnapLength.ToString(CultureInfo.InvariantCulture), merged, cut);

        var file = new PcapngBytes();
        file.Section().Interface(1, SnapLength, file.Option(1, "recorded for a test"u8.ToArray()));
        using var source = CaptureFile.Open(cut);
        var left = Repeated;
        while (source.TryRead(out var packet))
        {
            Add(file, packet);
            if (IsVxlan(packet.Bytes) && left-- > 0)
                Add(file, packet);
        }

        file.Block(5, file.U32(0), new byte[8], file.Option(5, file.U64(40)), file.Option(7, file.U64(7)));
        var made = Path.Combine(_folder, "made.pcapng");
        File.WriteAllBytes(made, file.ToArray());
        return made;
    }

    private static void Add(PcapngBytes file, in CapturedPacket packet) =>
        file.Enhanced(0, (ulong)(packet.TimestampNs / 1000), packet.Bytes.ToArray(), (uint)packet.OriginalLength);

    /// <summary>Frames in a tunnel are in two flows, and still two records of one frame.</summary>
    // behind a VLAN tag
    private static bool IsVxlan(ReadOnlySpan<byte> frame) =>
        frame.Length > 42 && frame[40] == 0x12 && frame[41] == 0xB5;

    private static JsonObject Audit(string capture)
    {
        var run = CommandRun.Of("audit", capture, "--site", LyncEdge.Site, "--json", "-");
        Assert.Empty(run.Errors);
        return JsonNode.Parse(run.Output)!.AsObject();
    }

    private static IEnumerable<KeyValuePair<string, long>> Counts(JsonNode coverage, string list, string key) =>
        coverage[list]!.AsArray().Select(sum => KeyValuePair.Create((string)sum![key]!, (long)sum["packets"]!));

    /// <summary>Packets and bytes of a capture.</summary>
    private static string Capinfos(string capture)
    {
        var row = Run("capinfos", "-T", "-r", "-m", "-Q", "-c", "-d", capture).Trim().Split(',');
        return $"{row[^2].Trim('"')} {row[^1].Trim('"')}";
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
