using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

public sealed class PcapReaderTests
{
    private const uint Microseconds = 0xA1B2C3D4;
    private const uint Nanoseconds = 0xA1B23C4D;
    private const uint Modified = 0xA1B2CD34;

    private static readonly byte[] Frame = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(Microseconds, false, "pcap, microseconds, little-endian", 6, 1_600_000_000_000_007_000)]
    [InlineData(Microseconds, true, "pcap, microseconds, big-endian", 6, 1_600_000_000_000_007_000)]
    [InlineData(Nanoseconds, false, "pcap, nanoseconds, little-endian", 9, 1_600_000_000_000_000_007)]
    [InlineData(Nanoseconds, true, "pcap, nanoseconds, big-endian", 9, 1_600_000_000_000_000_007)]
    public void Both_byte_orders_and_units_are_read(uint magic, bool isBigEndian, string format, int digits,
        long timestampNs)
    {
        var bytes = new PcapBytes(magic, isBigEndian, snapLength: 96).Record(1_600_000_000, 7, Frame, original: 1500)
            .Record(1_600_000_000, 7, []).ToArray();
        var (packets, source) = PacketCopy.All(bytes);
        Assert.Equal(format, source.Format);
        Assert.Equal([new CaptureInterface(null, LinkType.Ethernet, 96, null, digits)], source.Interfaces);
        Assert.Equal([new(1, timestampNs, 0, LinkType.Ethernet, 1500, "0102030405"),
            new(2, timestampNs, 0, LinkType.Ethernet, 0, "")], packets);
        Assert.Equal(new CaptureEnd(CaptureEndKind.Complete, bytes.Length, ""), source.Ending);
    }

    [Fact]
    public void The_modified_variant_has_eight_bytes_more_in_each_record_header()
    {
        var bytes = new PcapBytes(Modified);
        for (var i = 0u; i < 2; i++)
            bytes.Add(10 + i).Add(0).Add(5).Add(60).Add(0xFFFFFFFF).Add(0xFFFFFFFF).Raw(Frame);
        var (packets, source) = PacketCopy.All(bytes.ToArray());
        Assert.Equal([new(1, 10_000_000_000, 0, LinkType.Ethernet, 60, "0102030405"),
            new(2, 11_000_000_000, 0, LinkType.Ethernet, 60, "0102030405")], packets);
        Assert.Equal("modified pcap, microseconds, little-endian", source.Format);
    }

    [Fact]
    public void Seconds_are_unsigned()
    {
        var (packets, _) = PacketCopy.All(new PcapBytes(Nanoseconds).Record(uint.MaxValue, 999_999_999, Frame)
            .ToArray());
        Assert.Equal(uint.MaxValue * 1_000_000_000L + 999_999_999, packets[0].TimestampNs);
    }

    [Fact]
    public void Bits_about_the_frame_check_sequence_are_no_part_of_the_link_type()
    {
        var (packets, _) = PacketCopy.All(new PcapBytes(linkType: 0x24000071).Record(1, 0, Frame).ToArray());
        Assert.Equal(new LinkType(0x71), packets[0].LinkType);
    }

    [Theory]
    [InlineData(4, 5, 60)]
    [InlineData(3, 60, 5)]
    [InlineData(3, 5, 60)]
    [InlineData(2, 60, 5)]
    [InlineData(0, 60, 5)]
    public void The_order_of_the_lengths_follows_the_version(ushort minor, uint first, uint second)
    {
        var bytes = new PcapBytes(minor: minor).Add(1).Add(0).Add(first).Add(second).Raw(Frame).ToArray();
        var (packets, source) = PacketCopy.All(bytes);
        Assert.True(source.Ending!.IsComplete);
        Assert.Equal((60, "0102030405"), (packets[0].OriginalLength, packets[0].Hex));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 5)]
    [InlineData(3, 0)]
    public void Other_versions_are_refused(ushort major, ushort minor)
    {
        var error = Assert.Throws<CaptureFormatException>(() =>
            PacketCopy.All(new PcapBytes(major: major, minor: minor).ToArray()));
        Assert.Equal(4, error.Offset);
        Assert.Contains($"version {major}.{minor};", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_fails_to_be_read_is_refused_with_the_error()
    {
        var failure = new IOException("bad sector");
        var stream = new ScriptedStream(new PcapBytes().ToArray()[..20], 7, failure);
        var error = Assert.Throws<CaptureFormatException>(() => CaptureFile.Open(stream, "-"));
        Assert.Same(failure, error.InnerException);
        Assert.Contains("bad sector", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_anywhere_it_hands_out_every_whole_record_before()
    {
        var file = new PcapBytes();
        var begins = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            begins.Add(file.Length);
            file.Record(1 + (uint)i, 0, new byte[i * 9]);
        }

        var bytes = file.ToArray();
        for (var length = begins[0]; length < bytes.Length; length++)
        {
            var (packets, source) = PacketCopy.All(bytes[..length]);
            var whole = begins.Count(begin => begin <= length) - 1;
            var isBetween = begins[whole] == length;
            Assert.Equal(whole, packets.Count);
            Assert.Equal(isBetween ? CaptureEndKind.Complete : CaptureEndKind.Cut, source.Ending!.Kind);
            Assert.Equal(begins[whole], source.Ending.Offset);
        }
    }

    [Theory]
    [InlineData(0, "the capture ends 12 bytes into the record at offset 24; no packet precedes it")]
    [InlineData(1, "the capture ends 12 bytes into the record at offset 45; packet 1 precedes it")]
    [InlineData(3, "the capture ends 12 bytes into the record at offset 87; packets 1-3 precede it")]
    public void A_cut_says_where_and_what_is_good(int records, string reason)
    {
        var file = new PcapBytes();
        for (var i = 0; i < records; i++)
            file.Record(1, 0, Frame);
        var (_, source) = PacketCopy.All(file.Raw(new byte[12]).ToArray());
        Assert.Equal(reason, source.Ending!.Reason);
    }

    [Theory]
    [InlineData(PcapReader.MaximumCapturedLength + 1)]
    [InlineData(0x7FFFFFFF)]
    [InlineData(0xFFFFFFFF)]
    public void An_impossible_captured_length_is_damage(uint captured)
    {
        var file = new PcapBytes().Record(1, 0, Frame);
        var offset = file.Length;
        var (packets, source) = PacketCopy.All(file.Record(2, 0, Frame, captured: captured).ToArray());
        Assert.Single(packets);
        Assert.Equal(CaptureEndKind.Damaged, source.Ending!.Kind);
        Assert.Equal(offset, source.Ending.Offset);
        Assert.Equal(
            $"the record at offset {offset} claims {captured} captured bytes, more than any writer captures; packet 1 "
                + "precedes it",
            source.Ending.Reason);
    }

    [Fact]
    public void The_longest_believed_record_is_read()
    {
        var (packets, source) = PacketCopy.All(new PcapBytes()
            .Record(1, 0, new byte[PcapReader.MaximumCapturedLength], original: uint.MaxValue).ToArray());
        Assert.True(source.Ending!.IsComplete);
        Assert.Equal(PcapReader.MaximumCapturedLength * 2, packets[0].Hex.Length);
        Assert.Equal(int.MaxValue, packets[0].OriginalLength);
    }

    [Fact]
    public void A_failure_while_reading_is_unreadable_at_its_record()
    {
        var file = new PcapBytes().Record(1, 0, Frame);
        var offset = file.Length;
        var stream = new ScriptedStream(file.Record(2, 0, Frame).ToArray()[..^2], 4, new IOException("bad sector"));
        using var source = CaptureFile.Open(stream, "-");
        Assert.Single(PacketCopy.All(source));
        Assert.Equal(new CaptureEnd(CaptureEndKind.Unreadable, offset,
            $"reading failed 19 bytes into the record at offset {offset} (bad sector); packet 1 precedes it"),
                source.Ending);
    }

    [Fact]
    public void A_packet_is_handed_out_before_the_next_one_comes()
    {
        var bytes = new PcapBytes(Nanoseconds).Record(1, 0, Frame).Record(2, 0, Frame).ToArray();
        var pipe = new ScriptedStream(bytes, 1);
        using var source = CaptureFile.Open(pipe, "-");
        Assert.True(source.TryRead(out _));
        Assert.Null(source.Ending);
        Assert.Equal(24 + 21, pipe.Given);
    }

    [Fact]
    public void After_the_end_it_stays_ended()
    {
        var (_, source) = PacketCopy.All(new PcapBytes().Record(1, 0, [], captured: uint.MaxValue).ToArray());
        var ending = source.Ending;
        Assert.False(source.TryRead(out var packet));
        Assert.Equal(0, packet.Number);
        Assert.Same(ending, source.Ending);
    }
}
