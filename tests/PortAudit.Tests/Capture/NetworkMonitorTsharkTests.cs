using System.Diagnostics;
using System.Globalization;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Capture;

/// <summary>Compares Network Monitor files that editcap makes of Ethernet captures with what tshark reads in
/// them.</summary>
public sealed class NetworkMonitorTsharkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portaudit-netmon-");

    public static TheoryData<string, string> Samples
    {
        get
        {
            var samples = new TheoryData<string, string>();
            foreach (var format in new[] { "netmon1", "netmon2" })
            {
                samples.Add(Repository.PathOf("captures", "lync-edge", "firewall-outside.pcap"), format);
                foreach (var name in Repository.Corpus is null ? [] : new[] { "CESNET_ipfixprobe__ntp.pcap",
                    "ntop_nDPI__ftp-start-tls.pcap", "ntop_nDPI__sip.pcap", "ajbanjara_Wireshark__teardrop.cap",
                    "arkime_arkime__tls13.pcap" })
                    samples.Add(Corpus.PathOf(name), format);
            }

            return samples;
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [NeedsTheory(Part.Tshark)]
    [MemberData(nameof(Samples))]
    public void Numbers_times_lengths_and_links_agree_with_tshark(string capture, string format)
    {
        var path = Path.Combine(_folder.FullName, "sample.cap");
        Convert(capture, format, path);
        var rows = Tshark.Fields(path, "", "frame.number", "frame.time_epoch", "frame.cap_len", "frame.len",
            "frame.encap_type");
        Assert.NotEmpty(rows);

        using var source = CaptureFile.Open(path);
        foreach (var row in rows)
        {
            Assert.True(source.TryRead(out var packet), source.Ending?.Reason);
            Assert.Equal(row[0], packet.Number.ToString(CultureInfo.InvariantCulture));
            Assert.Equal(decimal.Parse(row[1], CultureInfo.InvariantCulture), packet.TimestampNs / 1_000_000_000m);
            Assert.Equal((row[2], row[3]), (packet.Bytes.Length.ToString(CultureInfo.InvariantCulture),
                packet.OriginalLength.ToString(CultureInfo.InvariantCulture)));
            Assert.Equal("1", row[4]); // WTAP_ENCAP_ETHERNET
            Assert.Equal(LinkType.Ethernet, packet.LinkType);
        }

        Assert.False(source.TryRead(out _));
        Assert.Equal(new CaptureEnd(CaptureEndKind.Complete, new FileInfo(path).Length, ""), source.Ending);
    }

    [NeedsFact(Part.Tshark)]
    public void Frames_that_are_no_traffic_are_numbered_as_tshark_numbers_them()
    {
        var file = new NetworkMonitorBytes(2, 3).Record(1, new byte[60], fileTime: 133_000_000_000_000_000);
        foreach (var network in new ushort[] { 0xFFFC, 0xFFFD, 0xFFFE, 0xFFFF, 0xFFFB })
            file.Record(1, new byte[80], ofNetwork: network, fileTime: 133_000_000_000_000_000);
        file.Record(2, new byte[61], ofNetwork: 0xE001, fileTime: 133_000_000_012_345_678);
        var path = Path.Combine(_folder.FullName, "metadata.cap");
        File.WriteAllBytes(path, file.ToArray());

        var rows = Tshark.Fields(path, "frame.encap_type == 1", "frame.number", "frame.time_epoch", "frame.len");
        var (packets, _) = PacketCopy.All(file.ToArray());
        Assert.Equal(rows.Select(row => row[0]),
            packets.Select(packet => packet.Number.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(rows.Select(row => decimal.Parse(row[1], CultureInfo.InvariantCulture)),
            packets.Select(packet => packet.TimestampNs / 1_000_000_000m));
        Assert.Equal(["60", "61"], rows.Select(row => row[2]));
    }

    private static void Convert(string capture, string format, string path)
    {
        var start = new ProcessStartInfo("editcap", ["-F", format, capture, path]) { RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
    }
}
