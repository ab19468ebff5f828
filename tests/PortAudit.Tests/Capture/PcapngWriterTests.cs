using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

public sealed class PcapngWriterTests
{
    private static readonly CaptureInterface Micro = new("eth0", LinkType.Ethernet, 96, "tcp port 1",
        6)
    { Description = "mirror port" };
    private static readonly CaptureInterface Nano = new(null, new LinkType(101), 0, null, 9);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var written = new[]
        {
            new PacketCopy(1, 1_714_558_323_000_001_000, 0, LinkType.Ethernet, 60, "0102030405"),
            new PacketCopy(2, 1_714_558_323_000_000_007, 1, new LinkType(101), 4, "45000000"),
            new PacketCopy(3, 0, 0, LinkType.Ethernet, 0, ""),
        };
        var (packets, source) = PacketCopy.All(Write([Micro, Nano], written));

        Assert.Equal(written, packets);
        Assert.True(source.Ending!.IsComplete);
        Assert.Equal([Micro, Nano], source.Interfaces);
        Assert.Equal([new CaptureWriter("a machine", "an OS", "portaudit 1")], source.Annotations.Writers.ToArray());
    }

    [Fact]
    public void A_frame_has_as_many_comments_as_are_said_of_it()
    {
        var (_, source) = PacketCopy.All(Write([Micro], [new PacketCopy(1, 5_000, 0, LinkType.Ethernet, 3, "010203")],
            "one", "zwei ü", ""));

        Assert.Equal(["one", "zwei ü"], source.Annotations.Comments.Select(comment => comment.Text));
        Assert.All(source.Annotations.Comments,
            comment => Assert.Equal((CommentSubject.Frame, 1L), (comment.Subject, comment.Number)));
    }

    [Fact]
    public void A_long_comment_is_cut_between_two_characters()
    {
        var (_, source) = PacketCopy.All(Write([Micro], [new PacketCopy(1, 5_000, 0, LinkType.Ethernet, 1, "01")],
            "x" + new string('ü', PcapngWriter.MaximumTextLength)));

        Assert.Equal("x" + new string('ü', (PcapngWriter.MaximumTextLength - 1) / 2),
            Assert.Single(source.Annotations.Comments).Text);
    }

    [Fact]
    public void A_time_before_1970_needs_an_offset_and_a_finer_one_is_rounded_down()
    {
        using var stream = new MemoryStream();
        var writer = new PcapngWriter(stream, new CaptureWriter(null, null, null));
        var (early, micro) = (writer.AddInterface(Nano, -9_223_372_037), writer.AddInterface(Micro));
        writer.Write(early, new CapturedPacket(1, long.MinValue, 0, new LinkType(101), 1, [1]), []);
        writer.Write(early, new CapturedPacket(2, -1, 0, new LinkType(101), 1, [1]), []);
        writer.Write(micro, new CapturedPacket(3, 1_999, 1, LinkType.Ethernet, 1, [1]), []);
        writer.Write(micro, new CapturedPacket(4, -1, 1, LinkType.Ethernet, 1, [1]), []);

        Assert.Equal([long.MinValue, -1, 1_000, 0],
            PacketCopy.All(stream.ToArray()).Packets.Select(packet => packet.TimestampNs));
    }

    [Fact]
    public void Without_a_frame_it_is_a_capture_all_the_same()
    {
        var (packets, source) = PacketCopy.All(Write([], []));

        Assert.Empty(packets);
        Assert.True(source.Ending!.IsComplete);
    }

    [NeedsFact(Part.Tshark)]
    public void Tshark_reads_interfaces_times_and_comments()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Write([Micro, Nano], [new PacketCopy(1, 1_714_558_323_000_001_000, 0,
                LinkType.Ethernet, 70, new string('0', 120)), new PacketCopy(2, 1_714_558_323_000_000_007, 1,
                    new LinkType(101), 20, "4500001400000000" + new string('0', 24))], "one", "two"));

            Assert.Equal(
                ["1714558323.000001000|70|60|eth0|mirror port|one,two", "1714558323.000000007|20|20|unknown||one,two"],
                Tshark.Fields(path, "", "frame.time_epoch", "frame.len", "frame.cap_len", "frame.interface_name",
                    "frame.interface_description", "frame.comment").Select(cells => string.Join('|', cells)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Write(CaptureInterface[] interfaces, PacketCopy[] packets, params string[] comments)
    {
        using var stream = new MemoryStream();
        var writer = new PcapngWriter(stream, new CaptureWriter("a machine", "an OS", "portaudit 1"));
        foreach (var described in interfaces)
            writer.AddInterface(described);
        foreach (var packet in packets)
            writer.Write(packet.InterfaceIndex, new CapturedPacket(packet.Number, packet.TimestampNs,
                packet.InterfaceIndex, packet.LinkType, packet.OriginalLength,
                Convert.FromHexString(packet.Hex)), comments);
        return stream.ToArray();
    }
}
