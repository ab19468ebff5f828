using PortAudit.Mutants;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;

namespace PortAudit.Tests.Robustness;

/// <summary>
/// What holds for any capture, however it is damaged: readers, decoder and observer come to an end, throw nothing but a
/// refusal, and hold no more than a bound. A larger run through the whole program is <c>tools/mutate</c>.
/// </summary>
public sealed class MutantTests
{
    private const int Seed = 20261121;
    private const int MutantsPerCapture = 20;
    private const int PrefixedCaptures = 10;

    /// <summary>Shorter captures are hardly more than a header.</summary>
    private const int LeastPrefixedLength = 1024;

    /// <summary>Longer captures are used up to here, so that a run stays short.</summary>
    private const int MaximumLength = 32 * 1024;

    /// <summary>Bytes that a walk may allocate in all, a generous bound: a length field that is believed costs
    /// gigabytes.</summary>
    private const long MaximumAllocation = 64L * 1024 * 1024;

    /// <summary>No measure of speed: a walk that hangs would keep the suite from ending.</summary>
    private static readonly TimeSpan HangGuard = TimeSpan.FromMinutes(10);

    [Fact]
    public void Mutants_of_captures_are_walked_to_an_end() => Guarded(() =>
    {
        var captures = Captures().Select(capture => capture.Bytes.Length <= MaximumLength
            ? capture
            : capture with { Bytes = capture.Bytes[..MaximumLength] }).ToList();
        var refused = 0;
        for (var i = 0; i < captures.Count * MutantsPerCapture; i++)
        {
            var (name, bytes) = captures[i % captures.Count];
            var mutant = new CaptureMutator(Seed + i).Mutate(bytes,
                captures[(i + (i / captures.Count)) % captures.Count].Bytes);
            if (Walk(mutant, $"mutant {i} of {name}") < 0)
                refused++;
        }

        Assert.InRange(refused, 1, captures.Count * MutantsPerCapture / 2);
    });

    [Fact]
    public void Every_prefix_of_small_captures_is_walked_to_an_end_and_none_has_more_packets_than_a_longer_one() =>
        Guarded(() =>
        {
            foreach (var (name, bytes) in Captures().Where(capture => capture.Bytes.Length >= LeastPrefixedLength)
                .OrderBy(capture => capture.Bytes.Length).Take(PrefixedCaptures))
            {
                var before = -1L;
                for (var length = 0; length <= Math.Min(bytes.Length, MaximumLength); length++)
                {
                    var packets = Walk(bytes[..length], $"the first {length} bytes of {name}");
                    Assert.True(packets >= before,
                        $"the first {length} bytes of {name} give {packets} packets, one byte less gave {before}");
                    before = packets;
                }
            }
        });

    private static List<(string Name, byte[] Bytes)> Captures()
    {
        var paths = Directory.EnumerateFiles(Repository.PathOf("captures"), "*.pcap*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);
        var corpus = Repository.Corpus is null ? [] : Directory.GetFiles(Repository.Corpus);
        return [.. paths.Concat(corpus.Order(StringComparer.Ordinal))
            .Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];
    }

    private static void Guarded(Action walks)
    {
        var running = Task.Run(walks);
        Assert.True(running.Wait(HangGuard), "a walk does not end");
    }

    /// <summary>Walks a capture; the number of its packets, -1 when it is refused as a whole.</summary>
    private static long Walk(byte[] bytes, string name)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var source = CaptureFile.Open(new MemoryStream(bytes), name);
            var packets = Walk(source);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaximumAllocation);
            return packets;
        }
        catch (CaptureFormatException)
        {
            return -1;
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"{name}: {problem.Message}", problem);
        }
    }

    private static long Walk(ICaptureSource source)
    {
        var packets = 0L;
        var inFlows = 0L;
        var observer = new TrafficObserver(new ObserverOptions { KeepFrames = true }, flow =>
        {
            Assert.True(flow.Originator.Address.IsUnicast || !flow.Responder.Address.IsUnicast,
                $"{flow.Originator} is no originator");
            // A frame is of one flow at most outside tunnels, and of one more for each tunnel.
            if (flow.ParentId == 0)
                inFlows += flow.Out.Packets + flow.In.Packets;
        });
        var point = observer.Points.IndexOf("");
        while (source.TryRead(out var packet))
        {
            packets++;
            observer.Observe(packet, capture: 0, point, (byte)source.Interfaces[packet.InterfaceIndex].TimestampDigits);
        }

        observer.Complete();
        Assert.NotNull(source.Ending);
        Assert.InRange(inFlows, 0, packets);
        return packets;
    }
}
