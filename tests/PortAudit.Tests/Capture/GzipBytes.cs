using System.IO.Compression;

namespace PortAudit.Tests.Capture;

/// <summary>A capture that does not compress well, and bytes as a gzip member.</summary>
internal static class GzipBytes
{
    /// <summary>Packets of the capture.</summary>
    public const int Packets = 40;

    /// <summary>A pcap of <see cref="Packets"/> frames of random bytes, the same at each call.</summary>
    public static byte[] Pcap()
    {
        var random = new Random(1);
        var file = new PcapBytes();
        for (var i = 0; i < Packets; i++)
        {
            var frame = new byte[60 + i];
            random.NextBytes(frame);
            file.Record((uint)i, 0, frame);
        }

        return file.ToArray();
    }

    /// <summary>Bytes in one member.</summary>
    public static byte[] Of(byte[] plain, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level, leaveOpen: true))
            gzip.Write(plain);
        return packed.ToArray();
    }
}
