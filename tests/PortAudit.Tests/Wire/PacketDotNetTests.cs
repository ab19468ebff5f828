using System.Buffers.Binary;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Wire;
using Xunit.Abstractions;

namespace PortAudit.Tests.Wire;

/// <summary>Compares the decoder with PacketDotNet, field by field, on real captures. Each difference has a named
/// reason.</summary>
public sealed class PacketDotNetTests(ITestOutputHelper output)
{
    /// <summary>Frames of one capture that are compared; the largest ones repeat themselves.</summary>
    private const int MaximumFrames = 20_000;

    private const int MaximumShown = 20;

    private const string Same = "same";
    private const string NotRead = "link type that it does not read";

    /// <summary>Why the two differ. The first that holds counts.</summary>
    private static readonly (string Name, Func<Difference, bool> Holds)[] Reasons =
    [
        ("it throws on a header that is cut or lies",
            difference => difference.Theirs is null && difference.Packet.StopReason != DecodeReason.Done),
        ("it throws where IP announces more than was captured",
            difference => difference.Theirs is null && difference.AnnouncedLength > difference.CapturedLength),
        ("it does not read MPLS",
            difference => difference.Theirs?.Network == "" && difference.EtherType is 0x8847 or 0x8848),
        ("it reads any version as IPv4 where the EtherType says so",
            difference => difference.Packet is { StoppedAt: DecodeLayer.Ipv4, StopReason: DecodeReason.BadVersion }),
        ("it reads an IPv4 header of an impossible length",
            difference => difference.Packet is { StoppedAt: DecodeLayer.Ipv4, StopReason: DecodeReason.BadLength }),
        ("it takes all that IP carries for UDP's, whatever the length of UDP says",
            difference => difference.Theirs is { } theirs && difference.Ours.Transport == "udp"
                && theirs == difference.Ours with { Length = theirs.Length }),
        ("it loses its way among IPv6 extension headers",
            difference => difference.Ours.Network.Contains(':', StringComparison.Ordinal)
                && difference.Bytes[difference.NetworkOffset + 6] is 0 or 43 or 44 or 51 or 60),
    ];

    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Repository.PathOf("captures"), "*.pcap*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_reads_the_samples_as_the_decoder_does(string path)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);

        Assert.Empty(Unexplained([path], counts));
        Assert.Equal([Same], counts.Keys);
    }

    [NeedsFact(Part.Corpus)]
    public void It_reads_the_corpus_as_the_decoder_does_and_each_difference_has_its_reason()
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);

        Assert.Empty(Unexplained(Directory.GetFiles(Repository.Corpus!).Order(StringComparer.Ordinal), counts));
        Assert.All(Reasons, reason => Assert.Contains(reason.Name, counts.Keys));
        Assert.InRange(counts[Same], 30_000, long.MaxValue);
    }

    private List<string> Unexplained(IEnumerable<string> paths, SortedDictionary<string, long> counts)
    {
        var unexplained = new List<string>();
        foreach (var path in paths)
        {
            foreach (var difference in Differences(path, counts))
            {
                var reason = Array.Find(Reasons, row => row.Holds(difference)).Name;
                if (reason is not null)
                    counts[reason] = counts.GetValueOrDefault(reason) + 1;
                else
                    unexplained.Add(difference.ToString());
            }
        }

        foreach (var (name, count) in counts)
            output.WriteLine($"{count,9}  {name}");
        return [.. unexplained.Take(MaximumShown)];
    }

    private static IEnumerable<Difference> Differences(string path, SortedDictionary<string, long> counts)
    {
        ICaptureSource source;
        try
        {
            source = CaptureFile.Open(path);
        }
        catch (CaptureFormatException)
        {
            yield break;
        }

        using (source)
        {
            for (var frame = 0; frame < MaximumFrames && source.TryRead(out var captured); frame++)
            {
                var name = !PacketDotNetView.Reads(captured.LinkType.Value) ? NotRead : Same;
                if (name == Same && Compare(captured, Path.GetFileName(path)) is { } difference)
                    yield return difference;
                else
                    counts[name] = counts.GetValueOrDefault(name) + 1;
            }
        }
    }

    private static Difference? Compare(in CapturedPacket captured, string name)
    {
        PacketDecoder.Decode(captured.Bytes, captured.LinkType, captured.OriginalLength, out var packet);
        var ours = PacketDotNetView.Of(packet);
        var theirs = PacketDotNetView.Of(captured.Bytes.ToArray(), captured.LinkType.Value);
        return ours == theirs
            ? null
            : new Difference($"{name}#{captured.Number}", captured.Bytes.ToArray(),
                FramePacket.ReadAll(captured)[0].LinkEnd, packet, ours, theirs);
    }

    private sealed record Difference(string Frame, byte[] Bytes, int NetworkOffset, DecodedPacket Packet,
        PacketDotNetView Ours, PacketDotNetView? Theirs)
    {
        /// <summary>The first EtherType of an Ethernet frame.</summary>
        public int EtherType => BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(12));

        /// <summary>Captured bytes from the IP header on.</summary>
        public int CapturedLength => Bytes.Length - NetworkOffset;

        /// <summary>Total length of IPv4 as its header says; 0 for anything else.</summary>
        public int AnnouncedLength => Packet.Source.IsIpv4 && Packet.HasNetwork
            ? BinaryPrimitives.ReadUInt16BigEndian(Bytes.AsSpan(NetworkOffset + 2))
            : 0;

        public override string ToString() => $"{Frame} stopped at {Packet.StoppedAt} {Packet.StopReason}\n"
            + $"  ours   {Ours}\n  theirs {Theirs}";
    }
}
