namespace PortAudit.Tests.Capture;

/// <summary>Writes small captures for tests.</summary>
internal static class PcapFile
{
    /// <summary>Writes a pcap file of Ethernet frames with microsecond timestamps, little-endian, and returns its
    /// path.</summary>
    public static string Write(string path, IEnumerable<(uint Seconds, byte[] Frame)> packets)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(0xa1b2c3d4u);
        writer.Write((ushort)2);
        writer.Write((ushort)4);
        writer.Write(0L);
        writer.Write(262144);
        writer.Write(1);
        foreach (var (seconds, frame) in packets)
        {
            writer.Write(seconds);
            writer.Write(0);
            writer.Write(frame.Length);
            writer.Write(frame.Length);
            writer.Write(frame);
        }

        return path;
    }
}
