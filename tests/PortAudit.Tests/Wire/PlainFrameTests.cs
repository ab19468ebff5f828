using PortAudit.Tests.Capture;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Wire;

/// <summary>The short way through a frame says what the long way says, or leaves the frame to it.</summary>
public sealed class PlainFrameTests
{
    private const int Rounds = 200_000;
    private const int FirstEtherType = 12;

    private static readonly byte[][] Plain =
    [
        Frames.Ethernet(0x0800, Frames.Ipv4(6, Frames.Tcp(TcpFlags.Syn, new byte[9], dataOffset: 7))),
        Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp("text"u8.ToArray()))),
        Frames.Ethernet(0x86DD, Frames.Ipv6(6, Frames.Tcp(TcpFlags.Ack, []))),
        Frames.Ethernet(0x8100, Frames.Tag(7, 0x0800, Frames.Ipv4(6, Frames.Tcp(TcpFlags.Ack, new byte[3])))),
        Frames.Ethernet(0x88A8, Frames.Tag(4095, 0x86DD, Frames.Ipv6(17, Frames.Udp(new byte[5])))),
        [.. Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp([]))), .. new byte[18]],
    ];

    private static readonly byte[][] Other =
    [
        Frames.Ethernet(0x8100, Frames.Tag(0, 0x0800, Frames.Ipv4(17, Frames.Udp([])))),
        Frames.Ethernet(0x88A8, Frames.Tag(7, 0x8100, Frames.Tag(8, 0x0800, Frames.Ipv4(17, Frames.Udp([]))))),
        Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp([]), fragment: 0x2000)),
        Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp([]), totalLength: 0)),
        Frames.Ethernet(0x0800, Frames.Ipv4(17, Frames.Udp(new byte[4], length: 13))),
        Frames.Ethernet(0x0800, Frames.Ipv4(1, Frames.Icmp(8, 0, new byte[4]))),
        Frames.Ethernet(0x86DD, Frames.Ipv6(60, [17, 0, 1, 4, 0, 0, 0, 0, .. Frames.Udp(new byte[5])])),
        .. LinkFrames.All.Where(frame => frame.LinkType == 1).Select(frame => frame.Bytes),
    ];

    [Fact]
    public void Plain_frames_take_the_short_way()
    {
        foreach (var frame in Plain)
        {
            var packet = default(DecodedPacket);
            Assert.True(PlainFrame.TryDecode(frame, ref packet));
            AssertSame(frame, frame.Length);
        }
    }

    [Fact]
    public void Every_prefix_says_the_same_either_way()
    {
        foreach (var frame in Plain.Concat(Other))
        {
            for (var length = 0; length <= frame.Length; length++)
                AssertSame(frame.AsSpan(0, length), frame.Length);
        }
    }

    [Fact]
    public void Changed_frames_say_the_same_either_way()
    {
        var random = new Random(8);
        byte[][] samples = [.. Plain, .. Other];
        for (var round = 0; round < Rounds; round++)
        {
            var frame = samples[random.Next(samples.Length)].ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                frame[random.Next(FirstEtherType, frame.Length)] = (byte)random.Next(256);
            AssertSame(frame.AsSpan(0, random.Next(frame.Length + 1)),
                random.Next(2) == 0 ? frame.Length : random.Next(2000));
        }
    }

    [Fact]
    public void Nothing_of_a_frame_is_left_for_the_next()
    {
        var random = new Random(13);
        var memory = new DecoderState(VlanEquivalence.None);
        byte[][] samples = [.. Plain, .. Other];
        for (var round = 0; round < Rounds; round++)
        {
            var frame = samples[random.Next(samples.Length)];
            var link = random.Next(8) == 0 ? new LinkType(101) : LinkType.Ethernet;
            var captured = new CapturedPacket(1, 0, 0, link, frame.Length, frame);
            PacketDecoder.Decode(frame, link, frame.Length, out var expected);
            Assert.Equal(expected, memory.Decode(captured));
        }
    }

    [NeedsTheory(Part.Corpus)]
    [MemberData(nameof(Corpus.Captures), MemberType = typeof(Corpus))]
    public void Recorded_frames_say_the_same_either_way(string name)
    {
        using var source = Opened(name);
        if (source is null)
            return;
        while (source.TryRead(out var captured))
        {
            if (captured.LinkType == LinkType.Ethernet)
                AssertSame(captured.Bytes, captured.OriginalLength);
        }
    }

    private static ICaptureSource? Opened(string name)
    {
        try
        {
            return CaptureFile.Open(Corpus.PathOf(name));
        }
        catch (CaptureFormatException)
        {
            return null;
        }
    }

    private static void AssertSame(ReadOnlySpan<byte> frame, int originalLength)
    {
        PacketDecoder.Decode(frame, LinkType.Ethernet, originalLength, out var packet);
        var expected = default(DecodedPacket);
        PacketDecoder.DecodeByLayers(frame, LinkType.Ethernet, originalLength, ref expected);
        Assert.Equal(expected, packet);
    }
}
