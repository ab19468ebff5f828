using System.IO.Compression;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

public sealed class GzipCaptureTests
{
    private const int Packets = GzipBytes.Packets;
    private const int Rounds = 1500;
    private const string Measure = " (offsets count uncompressed bytes)";

    private static readonly byte[] Plain = GzipBytes.Pcap();

    [Fact]
    public void A_pcap_and_a_pcapng_inside_are_read()
    {
        var (packets, source) = PacketCopy.All(GzipBytes.Of(Plain));
        Assert.Equal(PacketCopy.All(Plain).Packets, packets);
        Assert.Equal("gzip, pcap, microseconds, little-endian", source.Format);
        Assert.Equal(new CaptureEnd(CaptureEndKind.Complete, Plain.Length, ""), source.Ending);
        Assert.Single(source.Interfaces);
        Assert.Equal("gzip, pcapng, little-endian",
            PacketCopy.All(GzipBytes.Of(new PcapngBytes().Section().ToArray())).Source.Format);
    }

    [Fact]
    public void Several_members_are_one_capture_however_they_arrive()
    {
        byte[] members = [.. GzipBytes.Of(Plain[..100]), .. GzipBytes.Of([]), .. GzipBytes.Of(Plain[100..])];
        foreach (var chunk in new[] { 1, 7, 100, 10_000 })
        {
            using var source = CaptureFile.Open(new ScriptedStream(members, chunk), "-");
            Assert.Equal(Packets, PacketCopy.All(source).Count);
            Assert.True(source.Ending!.IsComplete);
        }
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Cut_anywhere_it_is_cut_or_refused_and_what_precedes_is_good(CompressionLevel level)
    {
        var whole = PacketCopy.All(Plain).Packets;
        byte[] members = [.. GzipBytes.Of(Plain[..400], level), .. GzipBytes.Of(Plain[400..], level)];
        var boundary = GzipBytes.Of(Plain[..400], level).Length;
        var read = 0;
        for (var length = 2; length < members.Length; length++)
        {
            try
            {
                var (packets, source) = PacketCopy.All(members[..length]);
                Assert.Equal(whole.Take(packets.Count), packets);
                Assert.Equal(CaptureEndKind.Cut, source.Ending!.Kind);
                Assert.EndsWith(Measure, source.Ending.Reason, StringComparison.Ordinal);
                Assert.Equal(length == boundary,
                    source.Ending.Reason.StartsWith("the capture ends", StringComparison.Ordinal));
                read++;
            }
            catch (CaptureFormatException refusal)
            {
                Assert.Contains("the gzip stream is cut", refusal.Reason, StringComparison.Ordinal);
            }
        }

        Assert.InRange(read, members.Length / 3, members.Length);
    }

    [Fact]
    public void A_cut_between_records_is_no_complete_capture()
    {
        var gzip = GzipBytes.Of(Plain);
        var (packets, source) = PacketCopy.All(gzip[..^8]);
        Assert.Equal(Packets, packets.Count);
        Assert.Equal(new CaptureEnd(CaptureEndKind.Cut, Plain.Length,
            $"the gzip stream is cut 0 bytes into the record at offset {Plain.Length}; packets 1-{Packets} precede "
                + $"it{Measure}"), source.Ending);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20_000)]
    public void Other_bytes_behind_are_damage_behind_the_last_packet(int count)
    {
        var (packets, source) = PacketCopy.All([.. GzipBytes.Of(Plain), .. Enumerable.Repeat((byte)7, count)]);
        Assert.Equal(Packets, packets.Count);
        Assert.Equal(CaptureEndKind.Damaged, source.Ending!.Kind);
        Assert.StartsWith("the gzip stream is followed by other bytes", source.Ending.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_capture_inside_a_whole_stream_is_cut_at_its_own_offset()
    {
        var (_, plain) = PacketCopy.All(Plain[..^3]);
        var (_, source) = PacketCopy.All(GzipBytes.Of(Plain[..^3]));
        Assert.Equal(plain.Ending! with { Reason = plain.Ending.Reason + Measure }, source.Ending);
        Assert.False(source.TryRead(out _));
    }

    [Fact]
    public void A_failing_disk_is_no_damage()
    {
        using var source = CaptureFile.Open(new ScriptedStream(GzipBytes.Of(Plain)[..^200], 64,
            new IOException("bad sector")), "-");
        PacketCopy.All(source);
        Assert.Equal(CaptureEndKind.Unreadable, source.Ending!.Kind);
        Assert.Contains("bad sector", source.Ending.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_holds_no_capture_is_refused()
    {
        AssertRefused(GzipBytes.Of("#!/bin/sh\n"u8.ToArray()),
            "in the gzip data: this is no capture: it begins with 23 21");
        AssertRefused(GzipBytes.Of(GzipBytes.Of(Plain)), "in the gzip data: this is gzip data (RFC 1952) once more");
        AssertRefused(GzipBytes.Of([]), "empty");
        AssertRefused([0x1F, 0x8B], "the gzip stream is cut");
        AssertRefused([0x1F, 0x8B, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0], "the gzip stream is damaged");
        AssertRefused(GzipBytes.Of(Plain[..20]), "20 bytes into the pcap header");
    }

    [Fact]
    public void The_stream_is_disposed_with_the_source_and_when_opening_fails()
    {
        var good = new ScriptedStream(GzipBytes.Of(Plain), 50);
        CaptureFile.Open(good, "-").Dispose();
        Assert.True(good.IsDisposed);
        var bad = new ScriptedStream(GzipBytes.Of([1, 2, 3, 4, 5]), 50);
        Assert.Throws<CaptureFormatException>(() => CaptureFile.Open(bad, "-"));
        Assert.True(bad.IsDisposed);
    }

    [Fact]
    public void Changed_bytes_end_the_reading_without_an_exception()
    {
        var sample = GzipBytes.Of(Plain);
        var random = new Random(20260801);
        var ends = new HashSet<CaptureEndKind>();
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = sample.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                using var source = CaptureFile.Open(new ScriptedStream(bytes, random.Next(1, 200)), "-");
                PacketCopy.All(source);
                ends.Add(source.Ending!.Kind);
            }
            catch (CaptureFormatException)
            {
                continue;
            }
        }

        Assert.Contains(CaptureEndKind.Damaged, ends);
        Assert.DoesNotContain(CaptureEndKind.Unreadable, ends);
    }

    [Fact]
    public void Much_that_was_packed_into_little_is_read_in_bounded_memory()
    {
        const int Count = 64 * 1024 * 1024;
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new PcapBytes().ToArray());
            var records = Enumerable.Repeat<byte[]>([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 60, 0, 0, 0], 4096)
                .SelectMany(record => record).ToArray();
            for (var written = 0; written < Count; written += records.Length)
                gzip.Write(records);
        }

        packed.Position = 0;
        using var source = CaptureFile.Open(packed, "-");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var packets = 0;
        while (source.TryRead(out _))
            packets++;
        Assert.Equal(Count / 16, packets);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * 1024 * 1024);
    }

    private static void AssertRefused(byte[] bytes, string words)
    {
        var error = Assert.Throws<CaptureFormatException>(() => PacketCopy.All(bytes));
        Assert.Contains(words, error.Reason, StringComparison.Ordinal);
    }
}
