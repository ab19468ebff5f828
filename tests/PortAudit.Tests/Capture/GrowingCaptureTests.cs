using System.IO.Pipes;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

/// <summary>Captures whose writer is still at work.</summary>
public sealed class GrowingCaptureTests : IDisposable
{
    private static readonly byte[] Frame = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 8, 0, 5];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portaudit-growing-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_appended_until_the_end_is_read()
    {
        using var writer = Create(new PcapBytes().Record(1, 0, Frame).ToArray(), out var path);
        using var source = CaptureFile.Open(path);
        Assert.True(source.TryRead(out _));
        Append(writer, Records(2, 3));
        Assert.Equal(2, PacketCopy.All(source).Count);
        Assert.True(source.Ending!.IsComplete);
    }

    [Fact]
    public async Task A_record_whose_rest_follows_is_not_called_cut()
    {
        var tail = Records(2);
        using var writer = Create(new PcapBytes().Record(1, 0, Frame).ToArray(), out var path);
        using var source = CaptureFile.Open(path);
        Append(writer, tail[..7]);
        Assert.True(source.TryRead(out _));

        using var isReading = new ManualResetEventSlim();
        var reading = Task.Run(() =>
        {
            isReading.Set();
            return PacketCopy.All(source).Count;
        });
        isReading.Wait();
        await Task.Delay(20);
        Append(writer, tail[7..]);

        Assert.Equal(1, await reading);
        Assert.True(source.Ending!.IsComplete, source.Ending.Reason);
    }

    [Fact]
    public void A_record_whose_rest_does_not_follow_is_cut()
    {
        using var writer = Create(new PcapBytes().Record(1, 0, Frame).ToArray(), out var path);
        using var source = CaptureFile.Open(path);
        Append(writer, Records(2)[..^1]);
        Assert.Single(PacketCopy.All(source));
        Assert.Equal(CaptureEndKind.Cut, source.Ending!.Kind);
    }

    [Theory]
    [InlineData("pcap")]
    [InlineData("pcapng")]
    [InlineData("snoop")]
    [InlineData("network-monitor")]
    public void A_pipe_hands_out_each_packet_before_the_next_is_written(string format)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reader = new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle);
        var pieces = Pieces(format);
        pipe.Write(pieces[0]);
        using var source = CaptureFile.Open(reader, "-");
        foreach (var piece in pieces[1..])
        {
            pipe.Write(piece);
            Assert.True(source.TryRead(out var packet));
            Assert.True(packet.Bytes.SequenceEqual(Frame));
        }

        Assert.Null(source.Ending);
    }

    private static byte[][] Pieces(string format)
    {
        var monitor = new NetworkMonitorBytes().Record(1, Frame).Record(2, Frame).ToArray();
        var section = new PcapngBytes().Section().Interface();
        var lead = section.Length;
        var blocks = section.Enhanced(0, 1, Frame).Enhanced(0, 2, Frame).ToArray();
        return format switch
        {
            "pcap" => [new PcapBytes().ToArray(), Records(1), Records(2)],
            "pcapng" => [blocks[..lead], blocks[lead..^48], blocks[^48..]],
            "snoop" => [new SnoopBytes().ToArray(), new SnoopBytes().Record(1, 0, Frame).ToArray()[16..],
                new SnoopBytes().Record(2, 0, Frame).ToArray()[16..]],
            _ => [monitor[..128], monitor[128..159], monitor[159..190]],
        };
    }

    private static byte[] Records(params uint[] seconds)
    {
        var file = new PcapBytes();
        var begin = file.Length;
        foreach (var second in seconds)
            file.Record(second, 0, Frame);
        return file.ToArray()[begin..];
    }

    private static void Append(FileStream writer, byte[] bytes)
    {
        writer.Write(bytes);
        writer.Flush();
    }

    private FileStream Create(byte[] bytes, out string path)
    {
        path = Path.Combine(_folder.FullName, "growing.pcap");
        var writer = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        Append(writer, bytes);
        return writer;
    }
}
