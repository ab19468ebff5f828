using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

/// <summary>A packet that outlives its reader's buffer.</summary>
internal sealed record PacketCopy(long Number, long TimestampNs, int InterfaceIndex, LinkType LinkType,
    int OriginalLength, string Hex)
{
    public static PacketCopy Of(CapturedPacket packet) =>
        new(packet.Number, packet.TimestampNs, packet.InterfaceIndex, packet.LinkType, packet.OriginalLength,
            Convert.ToHexString(packet.Bytes));

    /// <summary>Reads everything; the source stays open, for its <see cref="ICaptureSource.Ending"/>.</summary>
    public static List<PacketCopy> All(ICaptureSource source)
    {
        var packets = new List<PacketCopy>();
        while (source.TryRead(out var packet))
            packets.Add(Of(packet));
        return packets;
    }

    /// <summary>Opens bytes as a capture and reads everything.</summary>
    public static (List<PacketCopy> Packets, ICaptureSource Source) All(byte[] capture)
    {
        var source = CaptureFile.Open(new MemoryStream(capture), "test");
        return (All(source), source);
    }
}
