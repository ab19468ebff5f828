using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

/// <summary>What holds for any frame, good or bad.</summary>
public sealed class PacketDecoderRobustnessTests
{
    private const int Rounds = 100_000;

    private static readonly (ushort LinkType, byte[] Bytes)[] Samples =
    [
        (1, Frames.Ethernet(0x0800, Frames.Ipv4(6, Frames.Tcp(TcpFlags.Syn, new byte[9], dataOffset: 7)))),
        (1, Frames.Ethernet(0x8100, Frames.Tag(7, 0x86DD,
            Frames.Ipv6(0, [44, 0, 5, 2, 0, 0, 1, 0, 17, 0, 0, 1, 0, 0, 0, 1, .. Frames.Udp(new byte[5])])))),
        (1, Frames.Ethernet(0x0800, Frames.Ipv4(1, Frames.Icmp(3, 1, Frames.Ipv4(6, Frames.Tcp(TcpFlags.Syn, [])))))),
        (1, Frames.Ethernet(0x86DD, Frames.Ipv6(58,
            Frames.Icmp(1, 4, Frames.Ipv6(60, [17, 0, 1, 4, 0, 0, 0, 0, .. Frames.Udp(new byte[5])]))))),
        (1, Frames.Ethernet(0x0800, Frames.Ipv4(132, new byte[20]))),
        (1, Frames.Ethernet(0x0800, Frames.Ipv4(47, new byte[20]))),
        .. LinkFrames.All.Select(frame => (frame.LinkType, frame.Bytes)),
    ];

    [Fact]
    public void Every_prefix_keeps_what_the_whole_frame_says()
    {
        foreach (var (linkType, sample) in Samples)
        {
            var whole = Frames.Decode(sample, null, linkType);
            for (var length = 0; length <= sample.Length; length++)
            {
                var packet = Frames.Decode(sample.AsSpan(0, length), sample.Length, linkType);
                AssertConsistent(packet, length, sample.Length);
                Assert.Equal(packet.HasNetwork ? whole.Source : default, packet.Source);
                Assert.Equal(packet.HasTransport ? (whole.SourcePort, whole.DestinationPort) : default,
                    (packet.SourcePort, packet.DestinationPort));
                Assert.Equal(packet.HasQuote ? (whole.QuotedSourcePort, whole.QuotedDestinationPort) : default,
                    (packet.QuotedSourcePort, packet.QuotedDestinationPort));
                if (packet.StopReason is not (DecodeReason.Done or DecodeReason.NotDecoded))
                    Assert.Equal(DecodeReason.CutByCapture, packet.StopReason);
            }
        }
    }

    [Fact]
    public void Changed_bytes_never_throw_and_give_a_payload_within_the_frame()
    {
        var random = new Random(20260731);
        var reasons = new HashSet<DecodeReason>();
        for (var round = 0; round < Rounds; round++)
        {
            var (linkType, sample) = Samples[random.Next(Samples.Length)];
            var frame = sample.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                frame[random.Next(linkType == 1 ? 12 : 0, frame.Length)] = (byte)random.Next(256);
            var captured = random.Next(frame.Length + 1);
            var original = random.Next(2) == 0 ? captured : random.Next(2000);
            var packet = Frames.Decode(frame.AsSpan(0, captured), original, linkType);
            AssertConsistent(packet, captured, Math.Max(captured, original));
            reasons.Add(packet.StopReason);
        }

        Assert.Superset(new HashSet<DecodeReason> { DecodeReason.Done, DecodeReason.CutByCapture,
            DecodeReason.HeaderLies, DecodeReason.BadLength, DecodeReason.BadVersion,
            DecodeReason.LaterFragment }, reasons);
    }

    [Fact]
    public void Noise_never_throws()
    {
        var random = new Random(20260731);
        var noise = new byte[200];
        for (var round = 0; round < Rounds; round++)
        {
            random.NextBytes(noise);
            // Noise behind an EtherType and version that are followed.
            noise[12] = (byte)(round % 2 == 0 ? 0x08 : 0x86);
            noise[13] = (byte)(round % 2 == 0 ? 0x00 : 0xDD);
            noise[14] = (byte)(round % 2 == 0 ? 0x45 : 0x60);
            AssertConsistent(Frames.Decode(noise), noise.Length, noise.Length);
        }
    }

    [Fact]
    public void A_frame_costs_no_allocation()
    {
        var sum = 0L;

        Assert.Equal(0, Allocation.Least(() => { sum += DecodeAll(); }));
        Assert.NotEqual(0, sum);
    }

    private static int DecodeAll()
    {
        var sum = 0;
        foreach (var (linkType, sample) in Samples)
        {
            for (var length = 0; length <= sample.Length; length++)
            {
                PacketDecoder.Decode(sample.AsSpan(0, length), new LinkType(linkType), sample.Length, out var packet);
                sum += packet.SourcePort + packet.PayloadLength;
            }
        }

        return sum;
    }

    private static void AssertConsistent(DecodedPacket packet, int captured, int original)
    {
        Assert.InRange(packet.PayloadOffset, 0, captured);
        Assert.InRange(packet.PayloadLength, 0, captured - packet.PayloadOffset);
        Assert.InRange(packet.OriginalPayloadLength, packet.PayloadLength, original);
        Assert.True(packet.HasNetwork || !packet.HasTransport);
        Assert.True(packet.HasTransport || !packet.HasQuote);
        Assert.Equal(packet.StoppedAt == DecodeLayer.Payload, packet.StopReason == DecodeReason.Done);
    }
}
