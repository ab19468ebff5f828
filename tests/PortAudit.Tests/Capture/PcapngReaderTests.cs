using System.Text;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

public sealed class PcapngReaderTests
{
    private const ushort NameOption = 2;
    private const ushort ResolutionOption = 9;
    private const ushort FilterOption = 11;
    private const ushort OffsetOption = 14;

    private static readonly byte[] Frame = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(false, "pcapng, little-endian")]
    [InlineData(true, "pcapng, big-endian")]
    public void Both_byte_orders_are_read(bool isBigEndian, string format)
    {
        var bytes = new PcapngBytes(isBigEndian).Section().Interface(113, 96)
            .Enhanced(0, 0x0005_1234_5678_9ABC, Frame, original: 1500).ToArray();
        var (packets, source) = PacketCopy.All(bytes);
        Assert.Equal(format, source.Format);
        Assert.Equal([new CaptureInterface(null, new LinkType(113), 96, null, 6)], source.Interfaces);
        Assert.Equal([new PacketCopy(1, 0x0005_1234_5678_9ABC * 1000, 0, new LinkType(113), 1500,
            "0102030405")], packets);
        Assert.Equal(new CaptureEnd(CaptureEndKind.Complete, bytes.Length, ""), source.Ending);
    }

    [Fact]
    public void Interface_options_are_read_and_unknown_ones_skipped()
    {
        var file = new PcapngBytes();
        file.Section().Interface(
            1,
            0,
            file.Option(3, "what it is"u8.ToArray()),
            file.Option(NameOption, "eth1"u8.ToArray()),
            file.Option(FilterOption, [0, .. "tcp port 5061"u8]),
            file.Option(0x8123, 1, 2, 3),
            file.Option(ResolutionOption, 3),
            file.Option(OffsetOption, file.U64(1_000)),
            file.Option(0));
        var (packets, source) = PacketCopy.All(file.Enhanced(0, 5, Frame).ToArray());
        Assert.Equal([new CaptureInterface("eth1", LinkType.Ethernet, 0, "tcp port 5061",
            3) { Description = "what it is" }], source.Interfaces);
        Assert.Equal(1_000_005_000_000, packets[0].TimestampNs);
    }

    [Fact]
    public void What_stands_behind_the_end_of_options_is_not_read()
    {
        var file = new PcapngBytes();
        file.Section().Interface(1, 0, file.Option(0), file.Option(NameOption, "late"u8.ToArray()));
        Assert.Null(PacketCopy.All(file.ToArray()).Source.Interfaces is [var only] ? only.Name : "");
    }

    [Theory]
    [InlineData("eth1\0\0", "eth1")]
    [InlineData("", null)]
    [InlineData("WLAN é", "WLAN é")]
    public void A_name_is_UTF8_with_or_without_a_zero(string written, string? name)
    {
        var file = new PcapngBytes();
        file.Section().Interface(1, 0, file.Option(NameOption, Encoding.UTF8.GetBytes(written)));
        var (_, source) = PacketCopy.All(file.ToArray());
        Assert.Equal(name, source.Interfaces[0].Name);
    }

    [Fact]
    public void A_compiled_filter_is_not_taken_for_text()
    {
        var file = new PcapngBytes();
        file.Section().Interface(1, 0, file.Option(FilterOption, 1, 65, 66));
        Assert.Null(PacketCopy.All(file.ToArray()).Source.Interfaces[0].Filter);
    }

    [Fact]
    public void Sections_have_interfaces_of_their_own_and_byte_orders_of_their_own()
    {
        var bytes = new PcapngBytes()
            .Section().Interface(1).Interface(113).Enhanced(1, 1, Frame)
            .Section(isBigEndian: true).Interface(101).Enhanced(0, 2, Frame)
            .Section(minor: 2, length: 12345, isBigEndian: false).Interface(1).Interface(1).Enhanced(1, 3, Frame)
            .ToArray();
        var (packets, source) = PacketCopy.All(bytes);
        Assert.True(source.Ending!.IsComplete);
        Assert.Equal(5, source.Interfaces.Count);
        Assert.Equal([(1, 1, 113, 1000), (2, 2, 101, 2000), (3, 4, 1, 3000)],
            packets.Select(p => ((int)p.Number, p.InterfaceIndex, (int)p.LinkType.Value, (int)p.TimestampNs)));
    }

    [Fact]
    public void An_interface_of_an_earlier_section_is_not_one_of_this()
    {
        var file = new PcapngBytes().Section().Interface().Interface().Section().Interface();
        AssertDamaged(file, f => f.Enhanced(1, 0, Frame), "names interface 1, which its section does not describe");
    }

    [Theory]
    [InlineData(0, 3, "010203")]
    [InlineData(2, 3, "0102")]
    [InlineData(9, 3, "010203")]
    public void A_simple_packet_is_as_long_as_the_snap_length_lets_it(uint snapLength, uint original, string hex)
    {
        var captured = Convert.FromHexString(hex);
        var (packets, source) = PacketCopy.All(new PcapngBytes().Section().Interface(1, snapLength)
            .Simple(original, captured).ToArray());
        Assert.True(source.Ending!.IsComplete);
        Assert.Equal([new PacketCopy(1, 0, 0, LinkType.Ethernet, 3, hex)], packets);
    }

    [Fact]
    public void A_simple_packet_takes_the_time_of_the_packet_before_it()
    {
        var (packets, _) = PacketCopy.All(new PcapngBytes().Section().Interface().Enhanced(0, 77, Frame).Simple(1, [9])
            .ToArray());
        Assert.Equal([77_000, 77_000], packets.Select(p => p.TimestampNs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_obsolete_packet_block_is_read(bool isBigEndian)
    {
        var (packets, _) = PacketCopy.All(new PcapngBytes(isBigEndian).Section().Interface().Interface(113)
            .Obsolete(1, 999, 42, Frame).ToArray());
        Assert.Equal([new PacketCopy(1, 42_000, 1, new LinkType(113), 5, "0102030405")], packets);
    }

    [Fact]
    public void Other_blocks_are_skipped_and_those_that_Wireshark_numbers_are_counted()
    {
        var file = new PcapngBytes().Section().Interface();
        foreach (var type in new uint[] { 4, 5, 10, 0x7777, 0x80000001 })
            file.Block(type, new byte[16]);
        file.Enhanced(0, 1, Frame);
        foreach (var type in new uint[] { 0xBAD, 0x40000BAD, 9, 0x204, 0x208, 0x216, 0x221 })
            file.Block(type, new byte[40]);
        var (packets, source) = PacketCopy.All(file.Enhanced(0, 1, Frame).ToArray());
        Assert.True(source.Ending!.IsComplete);
        Assert.Equal([1, 9], packets.Select(p => p.Number));
    }

    [Fact]
    public void Packet_options_are_no_part_of_the_packet()
    {
        var file = new PcapngBytes();
        file.Section().Interface().Enhanced(0, 1, Frame, options: [file.Option(1, "comment"u8.ToArray())]);
        Assert.Equal("0102030405", PacketCopy.All(file.ToArray()).Packets[0].Hex);
    }

    [Fact]
    public void Cut_anywhere_it_hands_out_every_packet_of_a_whole_block()
    {
        var file = new PcapngBytes().Section();
        var ends = new List<int> { file.Length, file.Interface().Length };
        for (var i = 0; i < 3; i++)
            ends.Add(file.Enhanced(0, (ulong)i, new byte[i * 5]).Length);

        var bytes = file.ToArray();
        for (var length = ends[0]; length < bytes.Length; length++)
        {
            var (packets, source) = PacketCopy.All(bytes[..length]);
            var last = ends.FindLastIndex(end => end <= length);
            Assert.Equal(Math.Max(0, last - 1), packets.Count);
            Assert.Equal(ends[last] == length ? CaptureEndKind.Complete : CaptureEndKind.Cut, source.Ending!.Kind);
            Assert.Equal(ends[last], source.Ending.Offset);
        }
    }

    [Fact]
    public void A_failure_while_reading_is_unreadable_at_its_block()
    {
        var file = new PcapngBytes().Section().Interface();
        var offset = file.Length;
        var stream = new ScriptedStream(file.Enhanced(0, 0, Frame).ToArray()[..^3], 7, new IOException("bad sector"));
        using var source = CaptureFile.Open(stream, "-");
        Assert.Empty(PacketCopy.All(source));
        Assert.Equal(new CaptureEnd(CaptureEndKind.Unreadable, offset,
            $"reading failed 37 bytes into the block at offset {offset} (bad sector); no packet precedes it"),
                source.Ending);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(8u)]
    [InlineData(PcapngBlock.MaximumLength + 4u)]
    [InlineData(0xFFFFFFFCu)]
    public void An_impossible_block_length_is_damage(uint length) =>
        AssertDamaged(OnePacket(), f => f.BlockOf(6, length, length, new byte[24]),
            $"has the impossible length {length}");

    [Fact]
    public void Lengths_that_differ_are_damage() =>
        AssertDamaged(OnePacket(), f => f.BlockOf(5, null, 24, new byte[8]),
            "begins with the length 20 and ends with 24");

    [Fact]
    public void A_packet_larger_than_its_block_is_damage() =>
        AssertDamaged(OnePacket(), f => f.Enhanced(0, 0, Frame, captured: 9),
            "claims 9 captured bytes and has room for 8");

    [Fact]
    public void A_simple_packet_larger_than_its_block_is_damage() =>
        AssertDamaged(OnePacket(), f => f.Simple(9, Frame), "claims 9 captured bytes and has room for 8");

    [Theory]
    [InlineData(6u, 16)]
    [InlineData(2u, 16)]
    [InlineData(3u, 0)]
    public void A_block_too_short_for_a_packet_is_damage(uint type, int length) =>
        AssertDamaged(OnePacket(), f => f.Block(type, new byte[length]), "is too short for a packet");

    [Fact]
    public void A_packet_before_any_interface_is_damage() =>
        AssertDamaged(new PcapngBytes().Section(), f => f.Simple(0, []),
            "names interface 0, which its section does not describe");

    [Theory]
    [InlineData(ResolutionOption, 2)]
    [InlineData(ResolutionOption, 0)]
    [InlineData(OffsetOption, 4)]
    public void A_time_option_of_impossible_length_is_damage(ushort option, int length) =>
        AssertDamaged(OnePacket(), f => f.Interface(1, 0, f.Option(option, new byte[length])),
            "is a damaged interface description");

    [Fact]
    public void An_option_beyond_its_block_is_damage() =>
        AssertDamaged(OnePacket(), f => f.Interface(1, 0, f.U16(NameOption), f.U16(5), new byte[4]),
            "is a damaged interface description");

    [Fact]
    public void An_interface_description_too_short_is_damage() =>
        AssertDamaged(OnePacket(), f => f.Block(1, new byte[4]), "is a damaged interface description");

    [Fact]
    public void A_later_section_of_another_version_ends_the_reading()
    {
        var file = OnePacket();
        var offset = file.Length;
        var (packets, source) = PacketCopy.All(file.Section(major: 2).Interface().Enhanced(0, 0, Frame).ToArray());
        Assert.Single(packets);
        Assert.Equal(
            new CaptureEnd(CaptureEndKind.Damaged, offset,
                $"the block at offset {offset} begins a section of version 2, which is not known (version 1 is); "
                    + "packet 1 precedes it"),
            source.Ending);
    }

    [Fact]
    public void A_later_section_without_byte_order_is_damage() =>
        AssertDamaged(OnePacket(), f => f.Block(0x0A0D0D0A, new byte[16]),
            "is a section header without the byte-order magic");

    [Fact]
    public void A_section_header_too_short_is_damage() =>
        AssertDamaged(OnePacket(), f => f.Block(0x0A0D0D0A, f.U32(0x1A2B3C4D), new byte[8]),
            "is too short for a section header");

    [Fact]
    public void Interfaces_are_kept_up_to_a_limit()
    {
        var file = new PcapngBytes().Section();
        for (var i = 0; i < PcapngInterfaces.Maximum; i++)
            file.Interface();
        var offset = file.Enhanced(PcapngInterfaces.Maximum - 1, 0, Frame).Length;
        var (packets, source) = PacketCopy.All(file.Interface().Enhanced(7, 0, Frame).ToArray());
        Assert.Equal([PcapngInterfaces.Maximum - 1, 7], packets.Select(packet => packet.InterfaceIndex));
        Assert.StartsWith($"the block at offset {offset} describes one interface more than the 65536 that are kept; ",
            Assert.Single(source.Annotations.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_section_of_another_version_is_refused()
    {
        var error = Assert.Throws<CaptureFormatException>(() =>
            PacketCopy.All(new PcapngBytes().Section(major: 256).ToArray()));
        Assert.Contains("begins a section of version 256", error.Reason, StringComparison.Ordinal);
    }

    private static PcapngBytes OnePacket() => new PcapngBytes().Section().Interface().Enhanced(0, 0, Frame);

    /// <summary>The damage is told, and what stands behind it is read.</summary>
    private static void AssertDamaged(PcapngBytes good, Func<PcapngBytes, PcapngBytes> addBad, string contradiction)
    {
        var before = PacketCopy.All(good.ToArray());
        Assert.True(before.Source.Ending!.IsComplete);
        var offset = good.Length;
        var length = addBad(good).Length - offset;
        var (packets, source) = PacketCopy.All(good.Section().Interface().Enhanced(0, 0, Frame).ToArray());
        Assert.Equal(before.Packets, packets[..^1]);
        Assert.True(source.Ending!.IsComplete);
        var damage = source.Annotations.Damages[0];
        Assert.Equal((offset, length), (damage.Offset, damage.Length));
        Assert.StartsWith($"the block at offset {offset} {contradiction}; ", damage.Reason, StringComparison.Ordinal);
    }
}
