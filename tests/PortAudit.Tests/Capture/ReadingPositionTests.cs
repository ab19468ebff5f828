using System.IO.Compression;
using PortAudit.Tests.Cli;
using PortAudit.Tests.EndToEnd;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Capture;

/// <summary>How far reading has come is told in the bytes of the files, as they lie on the disk.</summary>
public sealed class ReadingPositionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void At_the_end_every_packet_and_every_byte_is_counted()
    {
        var position = Read(LyncEdge.Outside, LyncEdge.Inside);

        Assert.Equal(3_750, position.Packets);
        Assert.Equal(new FileInfo(LyncEdge.Outside).Length + new FileInfo(LyncEdge.Inside).Length, position.Bytes);
    }

    [Fact]
    public void Of_a_compressed_capture_the_compressed_bytes_count()
    {
        var path = _directory["outside.pcap.gz"];
        using (var file = File.Create(path))
        {
            using var compressed = new GZipStream(file, CompressionLevel.Fastest);
            compressed.Write(File.ReadAllBytes(LyncEdge.Outside));
        }

        Assert.Equal(new FileInfo(path).Length, Read(path).Bytes);
    }

    [Fact]
    public void Half_way_it_is_neither_at_the_beginning_nor_at_the_end()
    {
        var position = new ReadingPosition();
        var met = new List<(long Packets, long Bytes)>();
        using var captures = CaptureSet.Open([LyncEdge.Outside], () => Stream.Null);
        using var reading = new CaptureReading(captures, new ObserverOptions(), position);
        var points = new PointTable();
        while (reading.TryRead(points, out _))
            met.Add((reading.Packets, position.Bytes));

        Assert.Equal(met.Order(), met);
        Assert.InRange(met[met.Count / 2].Bytes, 1, new FileInfo(LyncEdge.Outside).Length);
    }

    [Fact]
    public void The_second_reading_begins_at_nothing()
    {
        var first = new ReadingPosition();
        var second = new ReadingPosition();
        using var captures = CaptureSet.Open([LyncEdge.Outside], () => Stream.Null);
        TrafficObserver.Observe(captures, new ObserverOptions(), _ => { }, first, CancellationToken.None);
        TrafficObserver.Observe(captures, new ObserverOptions(), _ => { }, second, CancellationToken.None);

        Assert.Equal((first.Packets, first.Bytes), (second.Packets, second.Bytes));
    }

    private static ReadingPosition Read(params string[] paths)
    {
        var position = new ReadingPosition();
        using var captures = CaptureSet.Open(paths, () => Stream.Null);
        TrafficObserver.Observe(captures, new ObserverOptions(), _ => { }, position, CancellationToken.None);
        return position;
    }
}
