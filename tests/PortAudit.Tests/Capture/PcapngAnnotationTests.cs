using System.Buffers.Binary;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

public sealed class PcapngAnnotationTests
{
    private static readonly byte[] Frame = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_last_statistics_of_an_interface_count(bool isBigEndian)
    {
        var file = new PcapngBytes(isBigEndian);
        file.Section().Interface(1, 0, file.Option(2, "eth0"u8.ToArray())).Interface();
        file.Block(5, file.U32(0), new byte[8], file.Option(5, file.U64(900)), file.Option(7, file.U64(900)));
        file.Block(5, file.U32(0), new byte[8], file.Option(4, file.U64(100)), file.Option(5, file.U64(7)),
            file.Option(6, file.U64(90)), file.Option(7, file.U64(3)), file.Option(8, file.U64(80)));
        var (_, source) = PacketCopy.All(file.ToArray());
        var expected = new InterfaceStatistics(0,
            "eth0")
        { Received = 100, DroppedByInterface = 7, Accepted = 90, DroppedBySystem = 3, Delivered = 80 };
        Assert.Equal<InterfaceStatistics>([expected], source.Annotations.Drops);
        Assert.Equal(10, expected.Dropped);
    }

    [Fact]
    public void A_block_length_without_its_padding_is_rounded_up()
    {
        var file = new PcapngBytes().Section().Interface();
        var begin = file.Length;
        var bytes = file.Enhanced(0, 1, [1, 2, 3, 4, 5]).Enhanced(0, 2, [6]).ToArray();
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(begin + 4));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(begin + 4), length - 3);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(begin + (int)length - 4), length - 3);
        var (packets, source) = PacketCopy.All(bytes);
        Assert.Equal(["0102030405", "06"], packets.Select(packet => packet.Hex));
        Assert.Empty(source.Annotations.Damages);
    }

    [Fact]
    public void Texts_of_an_interface_are_kept_up_to_a_length()
    {
        var file = new PcapngBytes().Section();
        var text = Enumerable.Repeat((byte)'x', 60_000).ToArray();
        file.Interface(1, 0, file.Option(2, text), file.Option(3, text), file.Option(11, [0, .. text]))
            .Enhanced(0, 1, [1]);
        var described = Assert.Single(PacketCopy.All(file.ToArray()).Source.Interfaces);
        Assert.Equal((PcapngInterface.MaximumTextLength, PcapngInterface.MaximumTextLength,
            PcapngInterface.MaximumFilterLength),
                (described.Name!.Length, described.Description!.Length, described.Filter!.Length));
    }

    [Fact]
    public void Damaged_options_and_records_are_told_once_with_their_number()
    {
        byte[] beyond = [2, 0, 0xF4, 1, 1, 2, 3, 4];
        var file = new PcapngBytes().Section().Interface().Enhanced(0, 1, [1]);
        var first = file.Length;
        file.Block(5, [.. new byte[12], .. beyond]).Block(5, [.. new byte[4]]).Block(4, [1, 0, 0x84, 3, 1, 2, 3, 4])
            .Enhanced(0, 2, [2], options: [beyond]);
        var (packets, source) = PacketCopy.All(file.ToArray());
        Assert.Equal(["01", "02"], packets.Select(packet => packet.Hex));
        var damage = Assert.Single(source.Annotations.Damages);
        Assert.Equal((first,
            $"4 blocks have options or records that are damaged, the first at offset {first}: what these tell "
                + "besides packets (lost packets, comments, names) is not known"),
            ((int)damage.Offset, damage.Reason));
    }

    [Fact]
    public void An_interface_without_drop_counts_says_nothing_of_drops()
    {
        var file = new PcapngBytes();
        file.Section().Interface().Interface().Block(5, file.U32(0), new byte[8], file.Option(4, file.U64(100)));
        var (_, source) = PacketCopy.All(file.ToArray());
        Assert.Null(Assert.Single(source.Annotations.Drops).Dropped);
    }

    [Fact]
    public void Statistics_that_are_too_short_or_of_no_interface_are_passed_over()
    {
        var file = new PcapngBytes();
        file.Section().Interface().Block(5, file.U32(0))
            .Block(5, file.U32(1), new byte[8], file.Option(5, file.U64(9)));
        var (_, source) = PacketCopy.All(file.ToArray());
        Assert.Empty(source.Annotations.Drops);
        Assert.StartsWith("2 blocks have options or records that are damaged",
            Assert.Single(source.Annotations.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Drops_that_packets_tell_are_summed_for_each_interface()
    {
        var file = new PcapngBytes();
        file.Section().Interface().Interface().Interface()
            .Enhanced(1, 0, Frame, options: [file.Option(4, file.U64(5))])
            .Enhanced(1, 0, Frame, options: [file.Option(2, file.U32(1)), file.Option(4, file.U64(6))])
            .Obsolete(2, 3, 0, Frame).Obsolete(2, ushort.MaxValue, 0, Frame).Obsolete(2, 4, 0, Frame)
            .Enhanced(0, 0, Frame);
        var (_, source) = PacketCopy.All(file.ToArray());
        Assert.Equal([(1, 11), (2, 7)],
            source.Annotations.Drops.Select(drops => (drops.Interface, (int)drops.Dropped!)));
    }

    [Fact]
    public void Drops_beyond_counting_are_the_largest_count()
    {
        var file = new PcapngBytes();
        file.Section().Interface()
            .Enhanced(0, 0, Frame, options: [file.Option(4, file.U64(ulong.MaxValue))])
            .Enhanced(0, 0, Frame, options: [file.Option(4, file.U64(ulong.MaxValue))]);
        Assert.Equal(long.MaxValue, PacketCopy.All(file.ToArray()).Source.Annotations.Drops[0].Dropped);
    }

    [Fact]
    public void Statistics_and_packets_tell_of_the_same_losses()
    {
        var statistics = new InterfaceStatistics(0, null) { DroppedByInterface = 4, LostBetweenPackets = 9 };
        Assert.Equal(9, statistics.Dropped);
        Assert.Equal(long.MaxValue, (statistics with { DroppedBySystem = long.MaxValue }).Dropped);
    }

    [Fact]
    public void Names_are_read_with_their_addresses_each_pair_once()
    {
        var file = new PcapngBytes();
        byte[] four = [10, 0, 0, 11, .. "fe01.contoso.com\0fe01\0"u8];
        byte[] six = [0x20, 1, 0xD, 0xB8, .. new byte[11], 7, .. "edge1"u8];
        file.Section()
            .Block(4, Record(file, 1, four), Record(file, 9, [1, 2, 3]), Record(file, 2, six), Record(file, 1, four),
                Record(file, 0, []), file.Option(1, "from DNS"u8.ToArray()))
            .Block(4, Record(file, 1, [1, 2, 3]), Record(file, 1, [10, 0, 0, 1, 0, 0]));
        var (_, source) = PacketCopy.All(file.ToArray());
        Assert.Equal<CapturedName>(
            [new("10.0.0.11", "fe01"), new("10.0.0.11", "fe01.contoso.com"), new("2001:db8::7", "edge1")],
            source.Annotations.Names);
        Assert.Equal<CaptureComment>([new CaptureComment(CommentSubject.Section, 1, "from DNS")],
            source.Annotations.Comments);
    }

    [Fact]
    public void Names_are_kept_up_to_a_limit()
    {
        var file = new PcapngBytes();
        file.Section()
            .Block(4, Record(file, 1,
                [1, 2, 3, 4, .. Enumerable.Repeat((byte)'a', CaptureAnnotations.MaximumNameLength + 1)]));
        for (var i = 0; i < CaptureAnnotations.MaximumNames + 3; i++)
            file.Block(4, Record(file, 1, [1, 2, (byte)(i >> 8), (byte)i, (byte)'x']));
        var (_, source) = PacketCopy.All(file.ToArray());
        Assert.Equal(CaptureAnnotations.MaximumNames, source.Annotations.Names.Length);
        Assert.Equal(4, source.Annotations.NamesNotKept);
    }

    [Fact]
    public void A_name_record_beyond_its_block_ends_the_names()
    {
        var file = new PcapngBytes();
        file.Section().Block(4, Record(file, 1, [1, 2, 3, 4, (byte)'a']), file.U16(1), file.U16(99)).Interface()
            .Enhanced(0, 0, Frame);
        var (packets, source) = PacketCopy.All(file.ToArray());
        Assert.Single(packets);
        Assert.Single(source.Annotations.Names);
    }

    [Fact]
    public void Comments_say_what_they_are_about()
    {
        var file = new PcapngBytes();
        file.Section().Interface();
        file.Block(0x0A0D0D0A, file.U32(0x1A2B3C4D), file.U16(1), file.U16(0), file.U64(ulong.MaxValue),
            file.Option(1, "before the change"u8.ToArray()));
        file.Interface(1, 0, file.Option(1, "mirror of port 7"u8.ToArray()))
            .Enhanced(0, 0, Frame, options: [file.Option(1, "here it"u8.ToArray()), file.Option(1, "broke"u8.ToArray()),
                file.Option(0)])
            .Block(5, file.U32(0), new byte[8], file.Option(1, "at the end"u8.ToArray()));
        var (_, source) = PacketCopy.All(file.ToArray());
        Assert.Equal<CaptureComment>(
            [
                new(CommentSubject.Section, 2, "before the change"),
                new(CommentSubject.Interface, 1, "mirror of port 7"),
                new(CommentSubject.Frame, 1, "here it"),
                new(CommentSubject.Frame, 1, "broke"),
                new(CommentSubject.Interface, 1, "at the end"),
            ],
            source.Annotations.Comments);
    }

    [Fact]
    public void Comments_are_kept_up_to_a_limit_of_number_and_length()
    {
        var file = new PcapngBytes();
        file.Section().Interface();
        for (var i = 0; i < CaptureAnnotations.MaximumComments + 5; i++)
            file.Enhanced(0, 0, Frame,
                options: [file.Option(1, new byte[CaptureAnnotations.MaximumCommentLength + 1])]);
        var (_, source) = PacketCopy.All(file.ToArray());
        Assert.Equal(CaptureAnnotations.MaximumComments, source.Annotations.Comments.Length);
        Assert.Equal(5, source.Annotations.CommentsNotKept);
        Assert.All(source.Annotations.Comments,
            comment => Assert.Equal(CaptureAnnotations.MaximumCommentLength, comment.Text.Length));
    }

    [Fact]
    public void Writers_are_named_once()
    {
        var file = new PcapngBytes();
        for (var i = 0; i < 2; i++)
            file.Block(0x0A0D0D0A, file.U32(0x1A2B3C4D), file.U16(1), file.U16(0), file.U64(ulong.MaxValue),
                file.Option(3, "Linux 6.1"u8.ToArray()), file.Option(4, "dumpcap"u8.ToArray()));
        var (_, source) = PacketCopy.All(file.Section().ToArray());
        Assert.Equal<CaptureWriter>([new CaptureWriter(null, "Linux 6.1", "dumpcap")], source.Annotations.Writers);
    }

    [Fact]
    public void Writers_beyond_a_limit_are_counted()
    {
        var file = new PcapngBytes();
        for (var i = 0; i < CaptureAnnotations.MaximumWriters + 3; i++)
            file.Block(0x0A0D0D0A, file.U32(0x1A2B3C4D), file.U16(1), file.U16(0), file.U64(ulong.MaxValue),
                file.Option(4, [(byte)('a' + i)]));
        var (_, source) = PacketCopy.All(file.Section().ToArray());
        Assert.Equal((CaptureAnnotations.MaximumWriters, 3),
            (source.Annotations.Writers.Length, source.Annotations.WritersNotKept));
    }

    [Fact]
    public void A_snoop_file_counts_drops_from_its_begin()
    {
        var (_, source) = PacketCopy.All(new SnoopBytes().Record(1, 0, Frame).Record(2, 0, Frame).ToArray());
        Assert.Equal(77, Assert.Single(source.Annotations.Drops).Dropped);
    }

    [Fact]
    public void A_pcap_file_says_nothing_of_drops() =>
        Assert.Empty(PacketCopy.All(new PcapBytes().Record(1, 0, Frame).ToArray()).Source.Annotations.Drops);

    private static byte[] Record(PcapngBytes file, ushort type, byte[] value) => file.Option(type, value);
}
