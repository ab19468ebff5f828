using System.IO.Compression;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

/// <summary>Reading ahead changes when bytes are read, not which.</summary>
public sealed class ReadAheadStreamTests : IDisposable
{
    private static readonly byte[] Content = Random(1_000_003);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portaudit-ahead-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(1_000, 7_919)]
    [InlineData(131_072, 262_144)]
    [InlineData(2_000_000, 1)]
    public void It_gives_the_bytes_of_the_stream(int chunk, int asked)
    {
        var content = Content[..(asked == 1 ? 300_000 : Content.Length)];
        using var stream = new ReadAheadStream(new ScriptedStream(content, chunk));
        Assert.Equal(content, All(stream, asked));
        Assert.Equal(0, stream.Read(new byte[10]));
    }

    [Fact]
    public void An_empty_stream_is_at_its_end()
    {
        using var stream = new ReadAheadStream(new MemoryStream());
        Assert.Equal(0, stream.Read(new byte[10]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(131_072)]
    [InlineData(400_000)]
    public void A_failure_comes_behind_all_that_was_good_and_stays(int good)
    {
        var failure = new InvalidDataException("damaged");
        using var stream = new ReadAheadStream(new ScriptedStream(Content[..good], 4096, failure));
        var read = new byte[good];
        stream.ReadExactly(read);
        Assert.Equal(Content[..good], read);
        Assert.Same(failure, Assert.Throws<InvalidDataException>(() => stream.Read(new byte[10])));
        Assert.Same(failure, Assert.Throws<InvalidDataException>(() => stream.Read(new byte[10])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void It_may_be_left_before_the_end(int asked)
    {
        var inner = new ScriptedStream(new byte[10_000_000], 4096);
        var stream = new ReadAheadStream(inner);
        _ = stream.Read(new byte[asked]);
        stream.Dispose();
        stream.Dispose();
        Assert.True(inner.IsDisposed);
        Assert.InRange(inner.Given, 0, 1_000_000);
    }

    [Fact]
    public void A_capture_that_is_cut_or_damaged_reads_as_without()
    {
        var file = new PcapBytes();
        for (var i = 0u; i < 400; i++)
            file.Record(1_600_000_000 + i, i, Random((int)i));
        var compressed = Gzip(file.ToArray());
        var path = Path.Combine(_folder.FullName, "capture.pcap.gz");
        for (var at = 20; at < compressed.Length; at += compressed.Length / 60)
        {
            AssertAlike(path, compressed[..at]);
            byte[] damaged = [.. compressed];
            damaged[at] ^= 0x41;
            AssertAlike(path, damaged);
        }

        AssertAlike(path, compressed);
        Assert.Equal(400, Read(path, aheadOfReading: true).Packets.Count);
    }

    private static void AssertAlike(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        var (without, withoutEnd) = Read(path, aheadOfReading: false);
        var (ahead, aheadEnd) = Read(path, aheadOfReading: true);
        Assert.Equal(without, ahead);
        Assert.Equal(withoutEnd, aheadEnd);
    }

    private static (List<PacketCopy> Packets, CaptureEnd? End) Read(string path, bool aheadOfReading)
    {
        try
        {
            using var source = CaptureFile.Open(path, null, aheadOfReading);
            return (PacketCopy.All(source), source.Ending);
        }
        catch (CaptureFormatException)
        {
            return ([], null);
        }
    }

    private static byte[] All(ReadAheadStream stream, int asked)
    {
        using var all = new MemoryStream();
        var buffer = new byte[asked];
        while (stream.Read(buffer) is > 0 and var count)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return compressed.ToArray();
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
