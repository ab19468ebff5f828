using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

public sealed class SnoopReaderTests
{
    private static readonly byte[] Frame = [1, 2, 3, 4, 5];

    [Fact]
    public void Times_lengths_and_padding_are_read()
    {
        var bytes = new SnoopBytes().Record(1_600_000_000, 7, Frame, original: 1500, padding: 3)
            .Record(uint.MaxValue, 999_999, [], original: uint.MaxValue).ToArray();
        var (packets, source) = PacketCopy.All(bytes);
        Assert.Equal("snoop, microseconds, big-endian", source.Format);
        Assert.Equal([new CaptureInterface(null, LinkType.Ethernet, 0, null, 6)], source.Interfaces);
        Assert.Equal(
            [
                new(1, 1_600_000_000_000_007_000, 0, LinkType.Ethernet, 1500, "0102030405"),
                new(2, 4_294_967_295_999_999_000, 0, LinkType.Ethernet, int.MaxValue, ""),
            ],
            packets);
        Assert.Equal(new CaptureEnd(CaptureEndKind.Complete, bytes.Length, ""), source.Ending);
    }

    [Theory]
    [InlineData(0u, 1)]
    [InlineData(4u, 1)]
    [InlineData(2u, 6)]
    [InlineData(8u, 10)]
    [InlineData(16u, 122)]
    [InlineData(18u, 123)]
    [InlineData(5u, 65535)]
    [InlineData(0x80000004u, 65535)]
    public void Datalink_types_become_link_types(uint datalinkType, ushort linkType)
    {
        var (packets, _) = PacketCopy.All(new SnoopBytes(datalinkType: datalinkType).Record(1, 0, Frame).ToArray());
        Assert.Equal(new LinkType(linkType), packets[0].LinkType);
    }

    [Theory]
    [InlineData(1u)]
    [InlineData(3u)]
    public void Other_versions_are_refused(uint version)
    {
        var error = Assert.Throws<CaptureFormatException>(() => PacketCopy.All(new SnoopBytes(version).ToArray()));
        Assert.Equal(8, error.Offset);
        Assert.Contains($"snoop version {version};", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_is_cut_is_refused_at_every_length()
    {
        var bytes = new SnoopBytes().ToArray();
        for (var length = 8; length < bytes.Length; length++)
        {
            var error = Assert.Throws<CaptureFormatException>(() => PacketCopy.All(bytes[..length]));
            Assert.Equal(length, error.Offset);
            Assert.Contains($"{length} bytes into the snoop header", error.Reason, StringComparison.Ordinal);
        }

        Assert.Throws<CaptureFormatException>(() => PacketCopy.All(bytes[..7]));
    }

    [Fact]
    public void Cut_anywhere_it_hands_out_every_whole_record_before()
    {
        var file = new SnoopBytes();
        var begins = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            begins.Add(file.Length);
            file.Record((uint)i, 0, new byte[i * 9], padding: i);
        }

        var bytes = file.ToArray();
        for (var length = begins[0]; length < bytes.Length; length++)
        {
            var (packets, source) = PacketCopy.All(bytes[..length]);
            var whole = begins.Count(begin => begin <= length) - 1;
            Assert.Equal(whole, packets.Count);
            Assert.Equal(begins[whole] == length ? CaptureEndKind.Complete : CaptureEndKind.Cut, source.Ending!.Kind);
            Assert.Equal(begins[whole], source.Ending.Offset);
        }
    }

    [Theory]
    [InlineData(5u, 28u, "has the length 28, which does not fit its 5 captured bytes")]
    [InlineData(5u, 0u, "has the length 0,")]
    [InlineData(5u, 1054u, "has the length 1054,")]
    [InlineData(5u, uint.MaxValue, "has the length 4294967295,")]
    [InlineData(uint.MaxValue, 29u, "claims 4294967295 captured bytes")]
    public void A_record_that_contradicts_itself_is_damage(uint captured, uint length, string words)
    {
        var file = new SnoopBytes().Record(1, 0, Frame);
        var offset = file.Length;
        var (packets, source) = PacketCopy.All(file.Record(2, 0, Frame, captured: captured, length: length).ToArray());
        Assert.Single(packets);
        Assert.Equal((CaptureEndKind.Damaged, (long)offset), (source.Ending!.Kind, source.Ending.Offset));
        Assert.StartsWith($"the record at offset {offset} {words}", source.Ending.Reason, StringComparison.Ordinal);
    }
}
