using System.Globalization;

namespace PortAudit.Tests.Capture;

/// <summary>Compares the readers with tshark, frame by frame, on real captures.</summary>
public sealed class CorpusReaderTests
{
    /// <summary>Frames whose time is disputed: a fraction of 2^31 microseconds, which tshark 4.0 multiplies in 32 bits
    /// and prints as 0.</summary>
    private static readonly (string Capture, long Number)[] Disputed =
        [("the-tcpdump-group_tcpdump__timestamp_invalid_micro.pcap", 3)];

    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [MemberData(nameof(Corpus.Captures), MemberType = typeof(Corpus))]
    public void Numbers_times_and_lengths_agree_with_tshark(string name)
    {
        var expected = TsharkReading.Read(Corpus.PathOf(name));
        using var source = Corpus.Open(name, expected);
        if (source is null)
            return;

        foreach (var frame in expected.Frames)
        {
            Assert.True(source.TryRead(out var packet),
                $"frame {frame["frame.number"]} is missing: {source.Ending?.Reason}");
            Assert.Equal(
                (frame["frame.number"], frame["frame.cap_len"], frame["frame.len"]),
                (Text(packet.Number), Text(packet.Bytes.Length), Text(packet.OriginalLength)));
            // A Simple Packet Block has no time.
            if (frame.TimestampNs is { } timestampNs && !Disputed.Contains((name, packet.Number)))
                Assert.Equal(timestampNs, packet.TimestampNs);
        }

        // tshark stops at the first damage.
        while (source.TryRead(out _))
            Assert.NotEmpty(source.Annotations.Damages);
        Assert.Equal(expected.ExitCode == 0, source.Ending!.IsComplete && source.Annotations.Damages.IsEmpty);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
