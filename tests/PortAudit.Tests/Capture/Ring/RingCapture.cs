using System.Buffers.Binary;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture.Ring;

/// <summary>A capture of two interfaces, and of a third that is described in its middle, whose packets differ in
/// length, time and what of them was captured; counters stand in it every hundred packets.</summary>
internal static class RingCapture
{
    public const long FirstNs = 1_800_000_000_000_000_123;

    /// <summary>Nanoseconds from a packet to the next.</summary>
    public const long StepNs = 250_000_000;

    private const int CountersEvery = 100;
    private const int SnapLength = 600;

    private static readonly CaptureInterface[] Interfaces =
    [
        new("eth0", LinkType.Ethernet, SnapLength, "tcp or udp", 9) { Description = "mirror" },
        new("eth1", LinkType.Ethernet, SnapLength, null, 9),
        new("tun0", new LinkType(101), SnapLength, null, 9),
    ];

    /// <summary>Makes a capture.</summary>
    public static byte[] Of(int packets)
    {
        using var stream = new MemoryStream();
        var writer = new PcapngWriter(stream, new CaptureWriter(null, null, null));
        writer.AddInterface(Interfaces[0]);
        writer.AddInterface(Interfaces[1]);
        for (var index = 0; index < packets; index++)
        {
            if (index == packets / 2)
                writer.AddInterface(Interfaces[2]);
            if (index % CountersEvery == 0)
                AddCounters(writer, index, index >= packets / 2 ? 3 : 2);
            var place = index % (index >= packets / 2 ? 3 : 2);
            var bytes = BytesOf(index, place);
            writer.Write(place, new CapturedPacket(index + 1, FirstNs + (index * StepNs), place,
                Interfaces[place].LinkType, OriginalLengthOf(index), bytes), []);
        }

        AddCounters(writer, packets, 3);
        return stream.ToArray();
    }

    /// <summary>What the interfaces count after a number of packets.</summary>
    public static InterfaceStatistics CountersAfter(int packets, int place) =>
        new(place, null)
        {
            Received = packets * 3L,
            Accepted = packets * 2L,
            DroppedBySystem = packets / 50,
            DroppedByInterface = 0,
            Delivered = packets
        };

    private static void AddCounters(PcapngWriter writer, int packets, int places)
    {
        for (var place = 0; place < places; place++)
            writer.WriteStatistics(place, CountersAfter(packets, place), FirstNs, FirstNs);
    }

    private static int OriginalLengthOf(int index) => 60 + (index * 37 % 1_400);

    /// <summary>An Ethernet frame or a bare IPv4 packet of a protocol that nobody dissects.</summary>
    private static byte[] BytesOf(int index, int place)
    {
        var bytes = new byte[Math.Min(OriginalLengthOf(index), SnapLength)];
        new Random(index).NextBytes(bytes);
        if (place == 2)
            new byte[] { 0x45, 0, 0, 60, 0, 0, 0, 0, 64, 253, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2 }.CopyTo(bytes, 0);
        else
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(12), 0x88B5);
        return bytes;
    }
}
