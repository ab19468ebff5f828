using System.Buffers.Binary;
using PortAudit.Tests.Capture;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Flows;

/// <summary>Writes a capture in which every IPv4 and IPv6 frame stands twice: as it was, and as a router sends it
/// on.</summary>
internal static class RepeatedCapture
{
    /// <summary>How much later the second record is: below the resolution of most routers' delays, above that of the
    /// clock.</summary>
    private const long DelayNs = 20_000;

    private const int EthernetLength = 14;

    /// <summary>All packets of a capture of Ethernet frames as pcap bytes with nanoseconds.</summary>
    /// <param name="path">The capture.</param>
    /// <param name="isRepeated">True to write every frame twice.</param>
    /// <returns>Null when a frame is no Ethernet frame.</returns>
    public static byte[]? Write(string path, bool isRepeated)
    {
        const uint NanosecondMagic = 0xA1B23C4D;
        var capture = new PcapBytes(NanosecondMagic, snapLength: 262144);
        using var source = CaptureFile.Open(path);
        var records = new List<(long TimestampNs, int Original, byte[] Frame)>();
        while (source.TryRead(out var packet))
        {
            if (packet.LinkType != LinkType.Ethernet)
                return null;
            records.Add((packet.TimestampNs, packet.OriginalLength, packet.Bytes.ToArray()));
            if (isRepeated)
                records.Add((packet.TimestampNs + DelayNs, packet.OriginalLength, Forward(packet.Bytes.ToArray())));
        }

        foreach (var (timestampNs, original, frame) in records.OrderBy(record => record.TimestampNs))
            capture.Record((uint)(timestampNs / 1_000_000_000), (uint)(timestampNs % 1_000_000_000), frame,
                (uint)original);
        return capture.ToArray();
    }

    /// <summary>What a router changes: both link addresses, the time to live, and the header checksum with it (RFC
    /// 1624).</summary>
    private static byte[] Forward(byte[] frame)
    {
        if (frame.Length < EthernetLength + 20)
            return frame;
        for (var i = 0; i < 12; i++)
            frame[i] ^= 0x06;
        var network = frame.AsSpan(EthernetLength);
        var etherType = BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(12));
        if (etherType == EtherType.Ipv6)
            network[7]--;
        if (etherType != EtherType.Ipv4)
            return frame;
        network[8]--;
        var checksum = BinaryPrimitives.ReadUInt16BigEndian(network[10..]) + 0x100;
        BinaryPrimitives.WriteUInt16BigEndian(network[10..], (ushort)((checksum & 0xFFFF) + (checksum >> 16)));
        return frame;
    }
}
