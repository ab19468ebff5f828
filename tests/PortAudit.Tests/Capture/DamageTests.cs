using System.Buffers.Binary;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

/// <summary>Behind a damaged place reading goes on where the format allows, and the place is told.</summary>
public sealed class DamageTests
{
    private const int Packets = 12;
    private const uint Begin = 1_700_000_000;

    public static TheoryData<string> Formats => ["pcap", "snoop", "pcapng"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_record_whose_length_is_overwritten_costs_itself_alone(string format)
    {
        var (bytes, begins) = Sample(format);
        for (var victim = 1; victim < Packets - 1; victim++)
        {
            var damaged = bytes.ToArray();
            damaged.AsSpan(begins[victim] + LengthAt(format), 4).Fill(0xFE);
            var (packets, source) = PacketCopy.All(damaged);

            Assert.Equal(Enumerable.Range(0, Packets).Where(i => i != victim).Select(HexOf),
                packets.Select(packet => packet.Hex));
            Assert.Equal(Enumerable.Range(1, Packets - 1), packets.Select(packet => (int)packet.Number));
            Assert.Equal(new CaptureEnd(CaptureEndKind.Complete, bytes.Length, ""), source.Ending);
            var damage = Assert.Single(source.Annotations.Damages);
            Assert.Equal((begins[victim], begins[victim + 1] - begins[victim]),
                ((int)damage.Offset, (int)damage.Length));
            Assert.Contains($"at offset {begins[victim]} ", damage.Reason, StringComparison.Ordinal);
            Assert.Contains($"reading goes on {damage.Length} bytes behind it, at offset {begins[victim + 1]}",
                damage.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Bytes_that_were_lost_or_put_in_cost_the_records_they_touch(string format)
    {
        var (bytes, begins) = Sample(format);
        byte[] lost = [.. bytes[..(begins[3] + 5)], .. bytes[(begins[4] + 6)..]];
        byte[] added = [.. bytes[..begins[3]], .. Enumerable.Repeat((byte)0xEE, 1001), .. bytes[begins[3]..]];

        var (fewer, one) = PacketCopy.All(lost);
        Assert.Equal(Enumerable.Range(5, Packets - 5).Select(HexOf),
            fewer.TakeLast(Packets - 5).Select(packet => packet.Hex));
        Assert.InRange(fewer.Count, Packets - 2, Packets - 1);
        Assert.NotEmpty(one.Annotations.Damages);

        var (all, other) = PacketCopy.All(added);
        Assert.Equal(Enumerable.Range(0, Packets).Select(HexOf), all.Select(packet => packet.Hex));
        Assert.Equal(1001, Assert.Single(other.Annotations.Damages).Length);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Without_anything_sound_behind_it_damage_is_the_end(string format)
    {
        var (bytes, begins) = Sample(format);
        byte[] damaged = [.. bytes[..begins[3]], .. Enumerable.Repeat((byte)0xEE, 5000)];
        var (packets, source) = PacketCopy.All(damaged);
        Assert.Equal(3, packets.Count);
        Assert.Equal((CaptureEndKind.Damaged, (long)begins[3]), (source.Ending!.Kind, source.Ending.Offset));
        Assert.Empty(source.Annotations.Damages);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_search_for_something_sound_is_bounded(string format)
    {
        var (bytes, begins) = Sample(format);
        var between = new byte[RecordSearch.MaximumBytes + 1];
        between.AsSpan().Fill(0xEE);
        var stream = new ScriptedStream([.. bytes[..begins[3]], .. between, .. bytes[begins[3]..]], 1 << 20);
        using var source = CaptureFile.Open(stream, "-");
        Assert.Equal(3, PacketCopy.All(source).Count);
        Assert.Equal((CaptureEndKind.Damaged, (long)begins[3]), (source.Ending!.Kind, source.Ending.Offset));
    }

    [Theory]
    [InlineData("pcap")]
    [InlineData("snoop")]
    [InlineData("pcapng")]
    public void A_length_that_reaches_far_beyond_the_end_is_damage_and_a_near_one_a_cut(string format)
    {
        var (bytes, begins) = Sample(format);
        foreach (var (length, isDamage) in new[] { (8_000_000u, true), (200_000u, false) })
        {
            var claiming = Claiming(bytes, begins[5], format, length, original: length);
            var (packets, source) = PacketCopy.All(claiming);
            Assert.Equal(isDamage ? CaptureEndKind.Complete : CaptureEndKind.Cut, source.Ending!.Kind);
            Assert.Equal(isDamage ? Packets - 1 : 5, packets.Count);
            Assert.Equal(isDamage ? 1 : 0, source.Annotations.Damages.Length);
        }
    }

    [Theory]
    [InlineData("pcap")]
    [InlineData("snoop")]
    public void A_captured_length_beyond_the_original_and_the_end_is_damage(string format)
    {
        var (bytes, begins) = Sample(format);
        var (packets, source) = PacketCopy.All(Claiming(bytes, begins[5], format, 200_000, original: 60));
        Assert.Equal((CaptureEndKind.Complete, Packets - 1), (source.Ending!.Kind, packets.Count));
        Assert.Equal(begins[5], Assert.Single(source.Annotations.Damages).Offset);
    }

    [Fact]
    public void Every_damage_is_listed_up_to_a_limit_and_the_rest_counted()
    {
        const int Bad = CaptureAnnotations.MaximumDamages + 7;
        var file = new PcapngBytes().Section().Interface();
        for (var i = 0; i < Bad; i++)
            file.Enhanced(1, 0, [1]).Enhanced(0, 0, [2]);
        var (packets, source) = PacketCopy.All(file.ToArray());
        Assert.Equal(Bad, packets.Count);
        Assert.True(source.Ending!.IsComplete);
        Assert.Equal(CaptureAnnotations.MaximumDamages, source.Annotations.Damages.Length);
        Assert.Equal(7, source.Annotations.DamagesNotListed);
    }

    [Theory]
    [InlineData(RecordSearch.ChainLengthElsewhere, true, true)]
    [InlineData(RecordSearch.ChainLengthElsewhere - 1, true, false)]
    [InlineData(RecordSearch.ChainLength, false, true)]
    [InlineData(RecordSearch.ChainLength - 1, false, false)]
    public void Records_a_day_and_more_from_the_last_are_believed_when_they_are_many_or_end_the_capture(
        int records, bool isFollowed, bool areBelieved)
    {
        var file = new PcapBytes().Record(Begin, 0, [1]).Add(Begin).Add(0).Add(uint.MaxValue).Add(1);
        for (uint i = 0; i < records; i++)
            file.Record(Begin + 86_402 + i, 0, [2]);
        if (isFollowed)
            file.Raw(Enumerable.Repeat((byte)0xEE, 100).ToArray());
        var (packets, source) = PacketCopy.All(file.ToArray());
        Assert.Equal(areBelieved ? 1 + records : 1, packets.Count);
        Assert.Equal(areBelieved && !isFollowed, source.Ending!.IsComplete);
    }

    [Fact]
    public void A_chain_of_two_in_the_middle_of_noise_is_not_believed()
    {
        var noise = Enumerable.Repeat((byte)0xEE, 100).ToArray();
        var file = new PcapBytes().Record(Begin, 0, [1]).Raw(noise).Record(Begin, 0, [2]).Record(Begin, 0, [3])
            .Raw(noise);
        var (packets, source) = PacketCopy.All(file.ToArray());
        Assert.Single(packets);
        Assert.Equal(CaptureEndKind.Damaged, source.Ending!.Kind);
    }

    [Fact]
    public void A_damaged_interface_description_keeps_its_number()
    {
        var file = new PcapngBytes();
        file.Section().Interface(1, 0, file.Option(9)).Interface(113).Enhanced(0, 1, [1]).Enhanced(1, 1, [2]);
        var (packets, source) = PacketCopy.All(file.ToArray());
        Assert.Equal([("02", 113)], packets.Select(packet => (packet.Hex, (int)packet.LinkType.Value)));
        Assert.Equal(2, source.Annotations.Damages.Length);
    }

    [Fact]
    public void Interfaces_of_a_section_are_not_used_behind_a_section_header_that_is_damaged()
    {
        var file = new PcapngBytes().Section().Interface().Enhanced(0, 1, [1]);
        file.Block(0x0A0D0D0A, new byte[16]).Enhanced(0, 1, [2]).Section().Interface(113).Enhanced(0, 1, [3]);
        var (packets, source) = PacketCopy.All(file.ToArray());
        Assert.Equal([("01", 1), ("03", 113)], packets.Select(packet => (packet.Hex, (int)packet.LinkType.Value)));
        Assert.Equal(2, source.Annotations.Damages.Length);
    }

    /// <summary>The sample with other lengths in one of its records.</summary>
    private static byte[] Claiming(byte[] bytes, int begin, string format, uint captured, uint original)
    {
        var claiming = bytes.ToArray();
        var record = claiming.AsSpan(begin);
        if (format == "snoop")
        {
            BinaryPrimitives.WriteUInt32BigEndian(record, original);
            BinaryPrimitives.WriteUInt32BigEndian(record[4..], captured);
            BinaryPrimitives.WriteUInt32BigEndian(record[8..], captured + 24);
            return claiming;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(record[LengthAt(format)..], captured);
        if (format == "pcap")
            BinaryPrimitives.WriteUInt32LittleEndian(record[12..], original);
        return claiming;
    }

    private static int LengthAt(string format) => format switch { "pcap" => 8, "snoop" => 8, _ => 4 };

    private static string HexOf(int i) => Convert.ToHexString(FrameOf(i));

    /// <summary>Frames whose bytes look like no header.</summary>
    private static byte[] FrameOf(int i) => [.. Enumerable.Repeat((byte)(0xA0 + i), 41 + i)];

    private static (byte[] Bytes, List<int> Begins) Sample(string format)
    {
        var begins = new List<int>();
        var (pcap, snoop, pcapng) = (new PcapBytes(), new SnoopBytes(), new PcapngBytes().Section().Interface());
        for (var i = 0; i < Packets; i++)
        {
            begins.Add(format switch { "pcap" => pcap.Length, "snoop" => snoop.Length, _ => pcapng.Length });
            pcap.Record(Begin + (uint)i, 0, FrameOf(i));
            snoop.Record(Begin + (uint)i, 0, FrameOf(i), padding: -FrameOf(i).Length & 3);
            pcapng.Enhanced(0, (ulong)i, FrameOf(i));
        }

        return (format switch { "pcap" => pcap.ToArray(), "snoop" => snoop.ToArray(), _ => pcapng.ToArray() }, begins);
    }
}
