using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Icmp;

/// <summary>Whole IP packets as the data of echo messages, which icmptx, itun and other tunnels of the kind send
/// without any mark.</summary>
internal static class EchoedPackets
{
    /// <summary>
    /// True when the data is an IP packet that fills it: IPv4 with a right checksum, or IPv6. Of a message that was cut
    /// only the header of IPv4 proves enough.
    /// </summary>
    /// <param name="data">The data as far as it was captured, or its head.</param>
    /// <param name="length">Length of the data as far as it was captured, in bytes.</param>
    /// <param name="isWhole">False when the capture cut it.</param>
    public static bool Is(ReadOnlySpan<byte> data, int length, bool isWhole)
    {
        if (InnerTraffic.LengthOfIpv4(data) is > 0 and var ipv4)
            return isWhole ? ipv4 == length : ipv4 >= length;
        return isWhole && InnerTraffic.LengthOfIpv6(data) is > 0 and var ipv6 && ipv6 == length;
    }

    /// <summary>True when a message before the one at hand carried another packet: a reply that returns its request's
    /// says no more than this.</summary>
    public static bool HasAnother(in SentDatagram datagram, ReadOnlySpan<byte> packet, IpProtocol transport)
    {
        for (var i = 0; i < datagram.Earlier.Count; i++)
        {
            var earlier = datagram.Earlier[i];
            if (EchoMessage.TryParse(earlier.Head, transport, out var message, out _)
                && Is(message.Data, earlier.Length - EchoMessage.HeaderLength, datagram.IsWhole)
                && !packet.StartsWith(message.Data))
                return true;
        }

        return false;
    }
}
