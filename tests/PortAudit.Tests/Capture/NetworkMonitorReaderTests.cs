using System.Buffers.Binary;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

public sealed class NetworkMonitorReaderTests
{
    private const long FileTimeOf1970 = 116_444_736_000_000_000;
    private static readonly byte[] Frame = [1, 2, 3, 4, 5];

    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(2, 0, true)]
    [InlineData(2, 0, false)]
    [InlineData(2, 3, true)]
    [InlineData(2, 3, false)]
    public void Without_a_frame_table_record_is_read_after_record(int major, int minor, bool isTableThere)
    {
        var file = new NetworkMonitorBytes((byte)major, (byte)minor);
        for (var i = 1u; i < 20; i++)
            file.Record(i, [1, 2, 3, 4]);
        var bytes = file.ToArray();
        var expected = PacketCopy.All(bytes).Packets;
        var table = (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(24));
        foreach (var offset in new[] { 0, table })
        {
            var stopped = isTableThere ? bytes.ToArray() : bytes[..table];
            BinaryPrimitives.WriteInt32LittleEndian(stopped.AsSpan(24), offset);
            stopped.AsSpan(28, 4).Clear();
            foreach (var stream in new Stream[] { new MemoryStream(stopped), new ScriptedStream(stopped, 100) })
            {
                using var source = CaptureFile.Open(stream, "-");
                Assert.Equal(expected, PacketCopy.All(source));
                Assert.True(source.Ending!.IsComplete, source.Ending.Reason);
                Assert.Contains("names no frame table", Assert.Single(source.Annotations.Damages).Reason,
                    StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_frame_table_whose_length_is_no_multiple_of_its_entries_is_damage()
    {
        var bytes = new NetworkMonitorBytes(2).Record(1, [1]).Record(2, [2]).ToArray();
        bytes[28] -= 2;
        var (packets, source) = PacketCopy.All(bytes);
        Assert.Single(packets);
        Assert.Equal(28, Assert.Single(source.Annotations.Damages).Offset);
    }

    [Fact]
    public void Version_1_counts_milliseconds_from_the_start()
    {
        var bytes = new NetworkMonitorBytes(1, 1).Record(0, Frame, original: 1500).Record(uint.MaxValue, [9]).ToArray();
        var (packets, source) = PacketCopy.All(bytes);
        Assert.Equal("Network Monitor 1.1", source.Format);
        Assert.Equal([new CaptureInterface(null, LinkType.Ethernet, 0, null, 3)], source.Interfaces);
        Assert.Equal(
            [
                new(1, NetworkMonitorBytes.StartNs, 0, LinkType.Ethernet, 1500, "0102030405"),
                new(2, NetworkMonitorBytes.StartNs + 4_294_967_295_000_000, 0, LinkType.Ethernet, 1, "09"),
            ],
            packets);
        Assert.Equal(new CaptureEnd(CaptureEndKind.Complete, bytes.Length, ""), source.Ending);
    }

    [Theory]
    [InlineData(5ul, 5_000)]
    [InlineData(ulong.MaxValue, -1_000)]
    public void Version_2_counts_microseconds_and_may_begin_before_the_start(ulong ticks, long distanceNs)
    {
        var (packets, source) = PacketCopy.All(new NetworkMonitorBytes().Record(ticks, Frame).ToArray());
        Assert.Equal("Network Monitor 2.0", source.Format);
        Assert.Equal(NetworkMonitorBytes.StartNs + distanceNs, packets[0].TimestampNs);
    }

    [Theory]
    [InlineData(1, 6)]
    [InlineData(2, 6)]
    [InlineData(3, 7)]
    public void From_2_1_on_a_frame_has_a_network_type_of_its_own(byte minor, int digits)
    {
        var file = new NetworkMonitorBytes(2, minor, network: 2).Record(1, Frame, ofNetwork: 1)
            .Record(2, Frame, ofNetwork: 2).Record(3, Frame, ofNetwork: 9);
        var (packets, source) = PacketCopy.All(file.ToArray());
        Assert.Equal([1, 6, 101], packets.Select(packet => (int)packet.LinkType.Value));
        Assert.Equal(digits, source.Interfaces[0].TimestampDigits);
        Assert.All(packets, packet => Assert.Equal("0102030405", packet.Hex));
    }

    [Theory]
    [InlineData(FileTimeOf1970, 0)]
    [InlineData(FileTimeOf1970 + 12_345_678, 1_234_567_800)]
    [InlineData(FileTimeOf1970 - 1, -100)]
    [InlineData(-1, long.MaxValue)]
    [InlineData(0, long.MinValue)]
    public void Version_2_3_has_the_time_of_each_frame_in_UTC(long fileTime, long timestampNs)
    {
        var (packets, _) = PacketCopy.All(new NetworkMonitorBytes(2, 3).Record(77, Frame, fileTime: fileTime)
            .ToArray());
        Assert.Equal(timestampNs, packets[0].TimestampNs);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 6)]
    [InlineData(3, 10)]
    [InlineData(4, 65535)]
    [InlineData(7, 101)]
    [InlineData(9, 101)]
    [InlineData(0xE001, 1)]
    [InlineData(0xE071, 113)]
    [InlineData(0xE080, 105)]
    [InlineData(0xE081, 65535)]
    [InlineData(0xE08A, 65535)]
    [InlineData(0xE114, 276)]
    [InlineData(0x1234, 65535)]
    public void Network_types_become_link_types(ushort network, ushort linkType)
    {
        var (packets, _) = PacketCopy.All(new NetworkMonitorBytes(2, 1).Record(1, Frame, ofNetwork: network).ToArray());
        Assert.Equal(new LinkType(linkType), packets[0].LinkType);
    }

    [Fact]
    public void Radio_metadata_are_no_part_of_an_802_11_frame()
    {
        byte[] frame = [2, 5, 0, 77, 77, 8, 1, 44, 0];
        var (packets, _) = PacketCopy.All(new NetworkMonitorBytes(2, 1).Record(1, frame, original: 100, ofNetwork: 6)
            .Record(1, [2, 99, 0], ofNetwork: 6).ToArray());
        Assert.Equal([(105, 95, "08012C00"), (105, 0, "")],
            packets.Select(packet => ((int)packet.LinkType.Value, packet.OriginalLength, packet.Hex)));
    }

    [Fact]
    public void What_is_no_traffic_is_skipped_and_counted_where_Wireshark_counts_it()
    {
        var file = new NetworkMonitorBytes(2, 1).Record(1, Frame);
        foreach (var network in new ushort[] { 0xFFE0, 0xFFFB, 0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF })
            file.Record(1, new byte[9], ofNetwork: network);
        var (packets, source) = PacketCopy.All(file.Record(2, Frame).ToArray());
        Assert.Equal([1, 5], packets.Select(packet => packet.Number));
        Assert.True(source.Ending!.IsComplete);
    }

    [Fact]
    public void The_frame_table_and_not_the_place_in_the_file_orders_frames()
    {
        var file = new NetworkMonitorBytes().Record(1, [1]).Raw(0xAA, 0xBB).Record(2, [2]).Unnamed(3, [3]).Reverse();
        var (packets, source) = PacketCopy.All(file.ToArray());
        Assert.Equal(["02", "01"], packets.Select(packet => packet.Hex));
        Assert.True(source.Ending!.IsComplete);
    }

    [Fact]
    public void Input_that_only_runs_forward_is_read_record_by_record_and_checked_against_the_table()
    {
        var file = new NetworkMonitorBytes().Record(1, [1]).Record(2, [2]).Raw(1, 2, 3);
        using var good = CaptureFile.Open(new ScriptedStream(file.ToArray(), 7), "-");
        Assert.Equal(["01", "02"], PacketCopy.All(good).Select(packet => packet.Hex));
        Assert.Equal(new CaptureEnd(CaptureEndKind.Complete, file.ToArray().Length, ""), good.Ending);

        using var other = CaptureFile.Open(new ScriptedStream([.. file.Reverse().ToArray(), 0], 7), "-");
        Assert.Equal(2, PacketCopy.All(other).Count);
        Assert.Equal(CaptureEndKind.Damaged, other.Ending!.Kind);
        Assert.Contains("name the file itself", other.Ending.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cut_anywhere_it_hands_out_every_whole_record_before(bool canSeek)
    {
        var file = new NetworkMonitorBytes(2, 3);
        var begins = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            begins.Add(file.Length);
            file.Record((ulong)i, new byte[i * 9]);
        }

        begins.Add(file.Length);
        var bytes = file.ToArray();
        for (var length = begins[0]; length < bytes.Length; length++)
        {
            using var source = CaptureFile.Open(canSeek
                ? new MemoryStream(bytes[..length])
                : new ScriptedStream(bytes[..length], 50), "-");
            Assert.Equal(begins.Count(begin => begin <= length) - 1, PacketCopy.All(source).Count);
            Assert.Equal(CaptureEndKind.Cut, source.Ending!.Kind);
        }
    }

    [Fact]
    public void A_damaged_record_is_passed_over_by_the_frame_table()
    {
        var file = new NetworkMonitorBytes().Record(1, Frame);
        var offset = file.Length;
        var bytes = file.Record(2, Frame, captured: uint.MaxValue).Place(1_000_000).Record(3, [9]).ToArray();
        var (packets, source) = PacketCopy.All(bytes);
        Assert.Equal([(1L, "0102030405"), (2L, "09")], packets.Select(packet => (packet.Number, packet.Hex)));
        Assert.True(source.Ending!.IsComplete);
        Assert.Equal([(offset, 0), (1_000_000, 0)],
            source.Annotations.Damages.Select(damage => ((int)damage.Offset, (int)damage.Length)));
        Assert.StartsWith($"the record at offset {offset} claims 4294967295 captured bytes",
            source.Annotations.Damages[0].Reason, StringComparison.Ordinal);
        Assert.Contains("reaches beyond the end", source.Annotations.Damages[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_the_table_names_again_and_again_end_the_reading()
    {
        var file = new NetworkMonitorBytes().Record(1, new byte[1000]);
        for (var i = 0; i < 10; i++)
            file.Place(128);
        var (packets, source) = PacketCopy.All(file.ToArray());
        Assert.Single(packets);
        Assert.Equal(CaptureEndKind.Damaged, source.Ending!.Kind);
        Assert.Contains("more bytes than the file holds", source.Ending.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_is_no_date_is_told_and_counts_from_1970()
    {
        var (packets, source) = PacketCopy.All(new NetworkMonitorBytes().Record(5, Frame).ToArray(month: 13));
        Assert.Equal(5_000, packets[0].TimestampNs);
        Assert.Contains("is no date", Assert.Single(source.Annotations.Damages).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_without_a_frame_is_whole()
    {
        var (packets, source) = PacketCopy.All(new NetworkMonitorBytes().ToArray());
        Assert.Empty(packets);
        Assert.True(source.Ending!.IsComplete);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Other_versions_are_refused(byte major)
    {
        var bytes = new NetworkMonitorBytes().ToArray();
        bytes[5] = major;
        var error = Assert.Throws<CaptureFormatException>(() => PacketCopy.All(bytes));
        Assert.Equal(4, error.Offset);
        Assert.Contains($"Network Monitor {major}.0;", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_is_cut_is_refused_at_every_length()
    {
        var bytes = new NetworkMonitorBytes().ToArray();
        for (var length = 4; length < bytes.Length; length++)
            Assert.Equal(length, Assert.Throws<CaptureFormatException>(() => PacketCopy.All(bytes[..length])).Offset);
    }

    [Fact]
    public void A_table_of_more_entries_than_are_read_at_once_is_followed_to_its_end()
    {
        const int Frames = 10_000;
        var file = new NetworkMonitorBytes(1);
        for (var i = 0; i < Frames; i++)
            file.Record((ulong)i, [(byte)i]);
        var (packets, source) = PacketCopy.All(file.Reverse().ToArray());
        Assert.Equal(Enumerable.Range(0, Frames).Reverse().Select(i => NetworkMonitorBytes.StartNs + i * 1_000_000L),
            packets.Select(packet => packet.TimestampNs));
        Assert.True(source.Ending!.IsComplete);
    }
}
