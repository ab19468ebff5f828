using System.IO.Pipes;
using System.Text;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Records;

namespace PortAudit.Tests.Capture;

/// <summary>Several captures are one stream in time order, whatever they are called and in whatever order they are
/// named.</summary>
public sealed class CaptureSetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portaudit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Packets_come_in_time_order_whatever_the_order_of_the_arguments()
    {
        var late = Write("a.pcap", 3, 5);
        var early = Write("b.pcap", 1, 4, 6);
        var between = Write("c.pcap", 2);

        foreach (var order in new[] { [late, early, between], new[] { between, late, early } })
            Assert.Equal([1, 2, 3, 4, 5, 6], TimesOf(order));
    }

    [Fact]
    public void At_the_same_time_the_capture_with_the_earlier_first_packet_comes_first()
    {
        var one = Write("z.pcap", 1, 5);
        var other = Write("a.pcap", 2, 5);
        using var captures = CaptureSet.Open([other, one], NoInput);
        using var merge = new CaptureMerge(captures);
        var seen = new List<int>();
        while (merge.TryRead(out _))
            seen.Add(merge.Capture);

        Assert.Equal<string>([one, other], captures.Paths);
        Assert.Equal([0, 1, 0, 1], seen);
    }

    [Fact]
    public void A_capture_keeps_its_own_order_when_its_clock_runs_backwards() =>
        Assert.Equal([1, 3, 9, 2], TimesOf([Write("a.pcap", 1, 9, 2), Write("b.pcap", 3)]));

    [Fact]
    public void A_path_named_twice_is_read_once()
    {
        var path = Write("a.pcap", 1, 2);

        Assert.Equal([1, 2], TimesOf([path, Path.Combine(_folder, ".", "a.pcap")]));
    }

    [Fact]
    public void A_file_that_links_name_again_is_read_once()
    {
        var path = Write("a.pcap", 1, 2);
        var link = Path.Combine(_folder, "link.pcap");
        File.CreateSymbolicLink(link, path);
        var folder = Path.Combine(_folder, "folder");
        Directory.CreateSymbolicLink(folder, _folder);

        Assert.Equal([1, 2], TimesOf([path, link, Path.Combine(folder, "a.pcap")]));
        var copy = Path.Combine(_folder, "copy.pcap");
        File.Copy(path, copy);
        File.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(path));
        Assert.Equal([1, 1, 2, 2], TimesOf([path, copy]));
    }

    [NeedsFact(Part.Unix)]
    public void A_hard_link_is_the_file_itself()
    {
        var path = Write("a.pcap", 1, 2);
        var link = Path.Combine(_folder, "link.pcap");
        Run("ln", path, link);
        Assert.Equal([1, 2], TimesOf([path, link]));
    }

    [NeedsFact(Part.Unix)]
    public async Task A_named_pipe_is_opened_once_and_read_to_its_end()
    {
        var file = Write("a.pcap", 1, 3);
        var piped = Write("b.pcap", 2, 4);
        var pipe = Path.Combine(_folder, "pipe");
        Run("mkfifo", pipe);
        Assert.True(CaptureFile.IsPipe(pipe));
        Assert.False(CaptureFile.IsPipe(file));
        var feeding = Task.Run(() => File.WriteAllBytes(pipe, File.ReadAllBytes(piped)));
        using var captures = CaptureSet.Open([pipe, file], NoInput);
        await feeding.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(captures.CanBeReadAgain);
        using var merge = new CaptureMerge(captures);
        var times = new List<int>();
        while (merge.TryRead(out var packet))
            times.Add((int)(packet.TimestampNs / 1_000_000_000));
        Assert.Equal([1, 2, 3, 4], times);
    }

    [NeedsFact(Part.Unix)]
    public void A_named_pipe_without_a_writer_is_left_when_the_user_interrupts()
    {
        var pipe = Path.Combine(_folder, "pipe");
        Run("mkfifo", pipe);
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        using var captures = CaptureSet.Open([pipe], NoInput, interrupt.Token);
        Assert.Empty(captures.Paths);
        Assert.Empty(captures.Problems);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 1)]
    public void Of_an_interrupted_pipe_nothing_is_said_that_is_not_known(string begin, int problems)
    {
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reader = new AnonymousPipeClientStream(PipeDirection.In, writer.ClientSafePipeHandle);
        writer.Write(Encoding.ASCII.GetBytes(begin));
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        using var captures = CaptureSet.Open(["-"], () => reader, interrupt.Token);

        // Ends the read that was left behind, which would keep the pipe from being closed.
        writer.Dispose();
        Assert.Equal(problems, captures.Problems.Length);
        Assert.Empty(captures.Paths);
    }

    [Fact]
    public void An_empty_pipe_that_nobody_interrupted_is_a_problem()
    {
        using var interrupt = new CancellationTokenSource();
        using var captures = CaptureSet.Open(["-"], () => Stream.Null, interrupt.Token);
        Assert.Contains("empty", Assert.Single(captures.Problems).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_others_opened_is_read_when_reading_begins_and_once_only()
    {
        var source = CaptureFile.Open(Write("a.pcap", 1, 2));
        using var captures = CaptureSet.Of(source);
        Assert.False(captures.CanBeReadAgain);
        Assert.Null(source.Ending);

        var summary = TrafficObserver.Observe(captures, new ObserverOptions(), _ => { }, null, CancellationToken.None);

        Assert.Equal(2, Assert.Single(summary.Captures).Packets);
        Assert.True(summary.Captures[0].End.IsComplete);
    }

    [Fact]
    public void A_source_without_packets_ends_as_it_says()
    {
        using var captures = CaptureSet.Of(CaptureFile.Open(Write("empty.pcap")));
        var summary = TrafficObserver.Observe(captures, new ObserverOptions(), _ => { }, null, CancellationToken.None);

        Assert.Equal(0, Assert.Single(summary.Captures).Packets);
        Assert.True(summary.Captures[0].End.IsComplete);
    }

    [Fact]
    public void A_capture_without_packets_is_no_problem()
    {
        using var captures = CaptureSet.Open([Write("empty.pcap"), Write("a.pcap", 1)], NoInput);
        var summary = TrafficObserver.Observe(captures, new ObserverOptions(), _ => { }, null, CancellationToken.None);

        Assert.Empty(captures.Problems);
        Assert.Equal([1, 0], summary.Captures.Select(capture => (int)capture.Packets));
        Assert.All(summary.Captures, capture => Assert.True(capture.End.IsComplete));
    }

    [Fact]
    public void An_input_that_is_no_capture_is_named_and_the_rest_is_read()
    {
        var good = Write("a.pcap", 1);
        var bad = Path.Combine(_folder, "bad.pcap");
        File.WriteAllText(bad, "this is no capture");
        using var captures = CaptureSet.Open([bad, good, Path.Combine(_folder, "missing.pcap")], NoInput);

        Assert.Equal<string>([good], captures.Paths);
        Assert.Equal([bad, Path.Combine(_folder, "missing.pcap")], captures.Problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Standard_input_is_merged_with_files()
    {
        var file = Write("a.pcap", 1, 3);
        var piped = Write("b.pcap", 2, 4);

        Assert.Equal([1, 2, 3, 4], TimesOf(["-", file], () => File.OpenRead(piped)));
    }

    [Fact]
    public void A_split_capture_gives_the_same_flows_as_the_whole()
    {
        var whole = Observe([Write("whole.pcap", 1, 2, 3, 4, 5, 6)]);
        var split = Observe([Write("part2.pcap", 4, 5, 6), Write("part1.pcap", 1, 2, 3)]);

        Assert.Equal(whole.Select(flow => (flow.FlowId, flow.StartNs, flow.EndNs, flow.Out)),
            split.Select(flow => (flow.FlowId, flow.StartNs, flow.EndNs, flow.Out)));
        Assert.Single(whole);
    }

    [Fact]
    public void A_cancelled_reading_says_that_it_was_stopped()
    {
        using var captures = CaptureSet.Open([Write("a.pcap", 1, 2)], NoInput);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var summary = TrafficObserver.Observe(captures, new ObserverOptions(), _ => { }, null, cancellation.Token);

        Assert.Equal(CaptureEndKind.Stopped, summary.Captures[0].End.Kind);
    }

    private static List<FlowRecord> Observe(string[] paths)
    {
        var flows = new List<FlowRecord>();
        using var captures = CaptureSet.Open(paths, NoInput);
        TrafficObserver.Observe(captures, new ObserverOptions(), flows.Add, null, CancellationToken.None);
        return flows;
    }

    private static List<int> TimesOf(string[] paths, Func<Stream>? input = null)
    {
        using var captures = CaptureSet.Open(paths, input ?? NoInput);
        using var merge = new CaptureMerge(captures);
        var times = new List<int>();
        while (merge.TryRead(out var packet))
            times.Add((int)(packet.TimestampNs / 1_000_000_000));
        return times;
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private static Stream NoInput() => throw new InvalidOperationException("standard input was not asked for");

    private string Write(string name, params uint[] seconds) => PcapFile.Write(
        Path.Combine(_folder, name),
        seconds.Select(second => (second, Flows.FrameBuilder.Udp("10.0.0.1", 1000, "10.0.0.2", 3478, [0]))));
}
