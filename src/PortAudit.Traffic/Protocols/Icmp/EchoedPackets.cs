using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Icmp;

/// <summary>Detects complete IP packets as echo data, as sent by icmptx, itun and similar tunnels.</summary>
internal static class EchoedPackets
{
    /// <summary>True when the data is exactly an IP packet: IPv4 with valid checksum, or IPv6. In a cut message an IPv4
    /// header is enough.</summary>
    /// <param name="data">The captured data, or its start.</param>
    /// <param name="length">Captured length of the data, in bytes.</param>
    /// <param name="isWhole">False when the capture cut it.</param>
    public static bool Is(ReadOnlySpan<byte> data, int length, bool isWhole)
    {
        if (InnerTraffic.LengthOfIpv4(data) is > 0 and var ipv4)
            return isWhole ? ipv4 == length : ipv4 >= length;
        return isWhole && InnerTraffic.LengthOfIpv6(data) is > 0 and var ipv6 && ipv6 == length;
    }

    /// <summary>True when an earlier message carried another packet; a reply that returns its request's data does not
    /// count.</summary>
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
