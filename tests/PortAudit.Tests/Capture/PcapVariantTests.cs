using System.Buffers.Binary;
using System.Diagnostics;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

/// <summary>Layouts of pcap that their magic number does not tell, and those of single makers.</summary>
public sealed class PcapVariantTests : IDisposable
{
    private const uint Plain = 0xA1B2C3D4;
    private const uint Modified = 0xA1B2CD34;
    private const uint Seconds = 1_385_400_647;

    private static readonly byte[] Frame = [.. Enumerable.Range(1, 60).Select(value => (byte)value)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portaudit-pcap-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Plain, 0, false, "pcap, microseconds, little-endian")]
    [InlineData(Plain, 1, false, "pcap of Nokia, microseconds, little-endian")]
    [InlineData(Plain, 1, true, "pcap of Nokia, microseconds, big-endian")]
    [InlineData(Plain, 2, false, "pcap of Red Hat 6.1, microseconds, little-endian")]
    [InlineData(Plain, 2, true, "pcap of Red Hat 6.1, microseconds, big-endian")]
    [InlineData(Modified, 2, false, "modified pcap, microseconds, little-endian")]
    [InlineData(Modified, 3, false, "modified pcap of SuSE 6.3, microseconds, little-endian")]
    [InlineData(Modified, 3, true, "modified pcap of SuSE 6.3, microseconds, big-endian")]
    public void The_length_of_record_headers_is_told_by_the_first_records(uint magic, int words, bool isBigEndian,
        string format)
    {
        var (packets, source) = PacketCopy.All(File(magic, words, isBigEndian, records: 20));
        Assert.Equal(format, source.Format);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => new PacketCopy(i + 1,
            (Seconds + i) * 1_000_000_000L + i * 1000, 0, LinkType.Ethernet, 1500,
            Convert.ToHexString(Frame))), packets);
        Assert.True(source.Ending!.IsComplete);
    }

    [Theory]
    [InlineData(Plain, 0)]
    [InlineData(Modified, 2)]
    public void Damage_in_an_early_record_changes_no_layout(uint magic, int words)
    {
        var whole = File(magic, words, isBigEndian: false, records: 20);
        var (_, sound) = PacketCopy.All(whole);
        for (var at = 24; at < 300; at++)
        {
            var bytes = whole.ToArray();
            bytes[at] ^= 0x5A;
            Assert.Equal(sound.Format, PacketCopy.All(bytes).Source.Format);
        }
    }

    [Theory]
    [InlineData(Plain, 0)]
    [InlineData(Modified, 2)]
    public void Damage_in_an_early_record_leaves_a_pipe_what_it_leaves_a_file(uint magic, int words)
    {
        var whole = File(magic, words, isBigEndian: false, records: 20, etherType: 1234);
        for (var at = 24; at < 300; at++)
        {
            var bytes = whole.ToArray();
            bytes.AsSpan(at, 12).Clear();
            var file = PacketCopy.All(bytes);
            using var pipe = CaptureFile.Open(new ScriptedStream(bytes, 7), "-");

            Assert.Equal(file.Packets, PacketCopy.All(pipe));
            Assert.Equal(file.Source.Format, pipe.Format);
        }
    }

    [Fact]
    public void A_single_record_is_taken_for_what_nearly_all_are() =>
        Assert.Equal("pcap, microseconds, little-endian",
            PacketCopy.All(File(Plain, 1, isBigEndian: false, records: 1)).Source.Format);

    [Theory]
    [InlineData(Plain, 0, 0x0800, "pcap, microseconds, little-endian")]
    [InlineData(Plain, 0, 1234, "pcap, microseconds, little-endian")]
    [InlineData(Plain, 1, 0x0800, "pcap of Nokia, microseconds, little-endian")]
    [InlineData(Plain, 1, 1234, "pcap of Nokia, microseconds, little-endian")]
    [InlineData(Plain, 2, 0x0800, "pcap of Red Hat 6.1, microseconds, little-endian")]
    [InlineData(Modified, 2, 0x86DD, "modified pcap, microseconds, little-endian")]
    [InlineData(Modified, 3, 0x86DD, "modified pcap of SuSE 6.3, microseconds, little-endian")]
    public void How_much_of_a_pipe_comes_at_first_changes_no_layout(uint magic, int words, int etherType, string format)
    {
        var bytes = File(magic, words, isBigEndian: false, records: 20, etherType);
        var expected = PacketCopy.All(bytes).Packets;
        for (var chunk = 1; chunk < 400; chunk++)
        {
            using var source = CaptureFile.Open(new ScriptedStream(bytes, chunk), "-");
            Assert.Equal(expected, PacketCopy.All(source));
            Assert.Equal(format, source.Format);
        }
    }

    [Theory]
    [InlineData(0x0800, 1, 0)]
    [InlineData(0x0800, 113, 2)]
    [InlineData(0x0800, 276, -12)]
    public void A_live_capture_of_any_layout_shows_its_first_packet_at_once_where_the_frame_tells_it(int etherType,
        int linkType, int place)
    {
        var frame = new byte[60];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12 + place), (ushort)etherType);
        var pipe = new ScriptedStream(new PcapBytes(linkType: (uint)linkType).Record(1, 0, frame).Record(2, 0, frame)
            .ToArray(), 1);
        using var source = CaptureFile.Open(pipe, "-");
        Assert.True(source.TryRead(out _));
        Assert.Equal(24 + 76, pipe.Given);
    }

    [Fact]
    public void Where_the_frame_does_not_tell_the_layout_no_more_than_a_second_header_is_waited_for()
    {
        var pipe = new ScriptedStream(File(Plain, 0, isBigEndian: false, records: 20, etherType: 1234), 1);
        using var source = CaptureFile.Open(pipe, "-");
        Assert.True(source.TryRead(out _));
        Assert.Equal(24 + 16 + 60 + 16, pipe.Given);
    }

    [Theory]
    [InlineData(0x1C0001AC, "pcap of Ixia, nanoseconds, little-endian", 7)]
    [InlineData(0x1C0001AB, "pcap of Ixia, microseconds, little-endian", 7000)]
    public void The_file_header_of_ixia_is_longer(uint magic, string format, int fractionNs)
    {
        var (packets, source) = PacketCopy.All(new PcapBytes(magic).Add(76).Record(1, 7, Frame).ToArray());
        Assert.Equal(format, source.Format);
        Assert.Equal([new(1, 1_000_000_000 + fractionNs, 0, LinkType.Ethernet, 60,
            Convert.ToHexString(Frame))], packets);
    }

    [Fact]
    public void A_file_header_of_ixia_that_is_cut_is_refused()
    {
        var error = Assert.Throws<CaptureFormatException>(() => PacketCopy.All(new PcapBytes(0x1C0001AC).ToArray()));
        Assert.Contains("28", error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, 1, "pcap of AIX, nanoseconds, big-endian", 7)]
    [InlineData(9, 6, "pcap of AIX, nanoseconds, big-endian", 7)]
    [InlineData(15, 10, "pcap of AIX, nanoseconds, big-endian", 7)]
    [InlineData(24, 0, "pcap of AIX, nanoseconds, big-endian", 7)]
    [InlineData(1, 1, "pcap, microseconds, big-endian", 7000)]
    public void Aix_gives_interface_types_and_nanoseconds(uint written, int linkType, string format, int fractionNs)
    {
        var (packets, source) = PacketCopy.All(new PcapBytes(isBigEndian: true, minor: 2, linkType: written).Add(1)
            .Add(7).Add(1500).Add(60).Raw(Frame).ToArray());
        Assert.Equal(format, source.Format);
        Assert.Equal([new(1, 1_000_000_000 + fractionNs, 0, new LinkType((ushort)linkType), 1500,
            Convert.ToHexString(Frame))], packets);
    }

    [Fact]
    public void Dg_ux_has_a_version_of_its_own_and_the_lengths_in_the_order_of_old()
    {
        var (packets, source) = PacketCopy.All(new PcapBytes(major: 543, minor: 0).Add(1).Add(7).Add(1500).Add(60)
            .Raw(Frame).ToArray());
        Assert.Equal([new(1, 1_000_007_000, 0, LinkType.Ethernet, 1500, Convert.ToHexString(Frame))], packets);
        Assert.True(source.Ending!.IsComplete);
    }

    [NeedsTheory(Part.Tshark)]
    [InlineData("modpcap")]
    [InlineData("nokiapcap")]
    [InlineData("nsecpcap")]
    [InlineData("rh6_1pcap")]
    [InlineData("suse6_3pcap")]
    public void What_editcap_writes_is_read_as_the_capture_it_was(string format)
    {
        var capture = Repository.PathOf("captures", "lync-edge", "firewall-outside.pcap");
        var path = Path.Combine(_folder.FullName, "variant.pcap");
        using (var process = Process.Start(new ProcessStartInfo("editcap",
            ["-F", format, capture, path])
        { RedirectStandardError = true })!)
        {
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
        }

        using var original = CaptureFile.Open(capture);
        using var variant = CaptureFile.Open(path);
        Assert.Equal(PacketCopy.All(original), PacketCopy.All(variant));
        Assert.True(variant.Ending!.IsComplete);
    }

    private static byte[] File(uint magic, int words, bool isBigEndian, int records, int etherType = 0x0D0E)
    {
        var frame = Frame.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), (ushort)etherType);
        var file = new PcapBytes(magic, isBigEndian);
        for (var i = 0u; i < records; i++)
        {
            file.Add(Seconds + i).Add(i).Add((uint)Frame.Length).Add(1500);
            for (var word = 0; word < words; word++)
                file.Add(0);
            file.Raw(frame);
        }

        return file.ToArray();
    }
}
