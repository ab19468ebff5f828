using PortAudit.Tests.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

/// <summary>Compares the decoder with tshark, frame by frame, on real captures; what both say alike is
/// <see cref="TsharkView"/>.</summary>
public sealed class CorpusDecoderTests
{
    [NeedsTheory(Part.Corpus, Part.Tshark)]
    [MemberData(nameof(Corpus.Captures), MemberType = typeof(Corpus))]
    public void Addresses_protocols_and_ports_agree_with_tshark(string name)
    {
        var expected = TsharkReading.Read(Corpus.PathOf(name));
        using var source = Corpus.Open(name, expected);
        if (source is null)
            return;

        foreach (var frame in expected.Frames)
        {
            Assert.True(source.TryRead(out var captured));
            PacketDecoder.Decode(captured.Bytes, captured.LinkType, captured.OriginalLength, out var packet);
            // Headers beyond the decoder's bound: tshark follows them, mpls-6in6-broken frame 217 has eighteen labels.
            if (packet.StopReason == DecodeReason.TooDeep)
                continue;
            if (PacketDecoder.Reads(captured.LinkType))
                Assert.Equal((frame["frame.number"], TsharkView.Of(frame, packet)),
                    ($"{captured.Number}", TsharkView.Of(packet)));
            else
                PacketDecoderTests.AssertStopped(packet, DecodeLayer.Link, DecodeReason.UnknownLinkType);
        }
    }
}
