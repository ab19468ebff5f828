using PortAudit.Tests.Capture;
using PortAudit.Tests.Cli;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Observation;

public sealed class FrameExportTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_frames_are_written_in_the_order_of_time_with_their_comments_and_the_rest_is_not()
    {
        PcapFile.Write(_directory["a.pcap"], [(10, [1]), (30, [3]), (50, [5])]);
        PcapFile.Write(_directory["b.pcap"], [(20, [2]), (40, [4])]);
        var (packets, source, written) = Export(["b.pcap", "a.pcap"], [new(1, 2), new(0, 3), new(0, 1)]);

        Assert.Equal(3, written);
        Assert.Equal([(10L, "01"), (40L, "04"), (50L, "05")],
            packets.Select(packet => (packet.TimestampNs / 1_000_000_000, packet.Hex)));
        Assert.Equal(["0/1", "1/2", "0/3"], source.Annotations.Comments.Select(comment => comment.Text));
        Assert.Equal([$"point: {_directory["a.pcap"]}", $"point: {_directory["b.pcap"]}"],
            source.Interfaces.Select(described => described.Name));
    }

    [Fact]
    public void Every_interface_keeps_its_link_type_filter_and_resolution()
    {
        var bytes = new PcapngBytes().Section();
        bytes.Interface(1, 64, bytes.Option(2, "eth0"u8.ToArray()), bytes.Option(11, [0, .. "udp"u8]),
            bytes.Option(9, 3))
            .Interface(101, 0, bytes.Option(9, 0x80 + 10))
            .Enhanced(0, 1_714_558_323_001, [1])
            .Enhanced(1, 1, [2])
            .Enhanced(1, 1024, [3]);
        File.WriteAllBytes(_directory["a.pcapng"], bytes.ToArray());
        var (packets, source, _) = Export(["a.pcapng"], [new(0, 1), new(0, 2), new(0, 3)]);
        using var original = CaptureFile.Open(_directory["a.pcapng"]);

        Assert.Equal(PacketCopy.All(original).Select(packet => (packet.TimestampNs, packet.LinkType, packet.Hex))
            .Order(), packets.Select(packet => (packet.TimestampNs, packet.LinkType, packet.Hex)).Order());
        Assert.Contains(source.Interfaces, described => described is
        {
            Filter: "udp", SnapLength: 64,
            TimestampDigits: 3, Name: var name, Description: var origin
        }
            && name!.StartsWith("point: ", StringComparison.Ordinal)
            && origin!.EndsWith("a.pcapng, interface eth0", StringComparison.Ordinal));
    }

    [Fact]
    public void Frames_that_are_not_there_any_more_are_missing_from_the_count()
    {
        PcapFile.Write(_directory["a.pcap"], [(10, [1])]);

        Assert.Equal(1, Export(["a.pcap"], [new(0, 1), new(0, 2)]).Written);
    }

    private (List<PacketCopy> Packets, ICaptureSource Source, int Written) Export(string[] names,
        FrameReference[] frames)
    {
        using var captures = CaptureSet.Open([.. names.Select(name => _directory[name])], () => Stream.Null);
        using var stream = new MemoryStream();
        var writer = new PcapngWriter(stream, new CaptureWriter(null, null, null));
        var options = new ObserverOptions { CapturePointOf = (_, _) => "point" };
        var export =
            new FrameExport(captures.Paths, options, frame => [$"{frame.Capture}/{frame.Number}"], writer);
        FrameReading.Read(captures, options, [new FrameRequest(frames, export.Write)], null, CancellationToken.None);
        var (packets, source) = PacketCopy.All(stream.ToArray());
        return (packets, source, export.Written);
    }
}
