using PortAudit.Traffic.Capture;

namespace PortAudit.Labels;

/// <summary>Copies a capture with other ports.</summary>
internal static class CaptureRewriter
{
    /// <summary>Copies what can be read of a capture.</summary>
    /// <param name="path">Path of the capture.</param>
    /// <param name="destination">Where the copy goes, as pcapng.</param>
    /// <param name="map">The ports.</param>
    /// <exception cref="CaptureFormatException">It is no capture.</exception>
    public static void Rewrite(string path, Stream destination, PortMap map)
    {
        using var source = CaptureFile.Open(path);
        using var buffered = new BufferedStream(destination, 1 << 18);
        var writer = new PcapngWriter(buffered);
        while (source.TryRead(out var packet))
        {
            var frame = packet.Bytes.ToArray();
            FramePorts.Rewrite(frame, packet.LinkType, packet.OriginalLength, map);
            writer.Write(packet.LinkType, packet.TimestampNs, packet.OriginalLength, frame);
        }
    }
}
