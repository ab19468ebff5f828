using PortAudit.Tests.Capture;

namespace PortAudit.Tests.Wire;

/// <summary>tshark reads the same packet behind every link header: the vectors are frames, not only what the decoder
/// believes.</summary>
public sealed class LinkFrameTruthTests
{
    /// <summary>Link types that tshark does not read: MPLS without a frame around it, and what tcpdump reads so (4.99):
    /// SLIP, PPP of pppd, netANALYZER, and the tags of switch chips (captures of libpcap's tests).</summary>
    private static readonly ushort[] UnknownToTshark = [8, 166, 219, 240, 281, 282, 284, 285];

    [NeedsFact(Part.Tshark)]
    public void Addresses_and_ports_agree_with_tshark()
    {
        var path = Path.GetTempFileName();
        try
        {
            var file = new PcapngBytes().Section();
            var frames = LinkFrames.All.Where(frame => !UnknownToTshark.Contains(frame.LinkType)).ToArray();
            foreach (var (_, linkType, _, _) in frames)
                file.Interface(linkType);
            for (var frame = 0; frame < frames.Length; frame++)
                file.Enhanced((uint)frame, (ulong)frame, frames[frame].Bytes);
            File.WriteAllBytes(path, file.ToArray());

            var rows = Tshark.Fields(path, "", "ip.src", "ipv6.src", "ip.dst", "ipv6.dst", "udp.srcport",
                "udp.dstport");
            Assert.Equal(frames.Select(frame => $"{frame.Name}: {Ours(frame.Bytes, frame.LinkType)}"),
                frames.Zip(rows, (frame, row) => $"{frame.Name}: {Theirs(row)}"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Ours(byte[] frame, ushort linkType)
    {
        var packet = Frames.Decode(frame, null, linkType);
        return FormattableString.Invariant(
            $"{packet.Source} {packet.Destination} {packet.SourcePort} {packet.DestinationPort}");
    }

    private static string Theirs(string[] row) => $"{row[0]}{row[1]} {row[2]}{row[3]} {row[4]} {row[5]}";
}
