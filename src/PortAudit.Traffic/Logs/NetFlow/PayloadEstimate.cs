using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Payload by bytes and packets, as records count from the IP header on.</summary>
internal static class PayloadEstimate
{
    private const int Ipv4 = 20;
    private const int Ipv6 = 40;
    private const int Udp = 8;

    /// <summary>A TCP header with timestamps (RFC 7323 §3.2), which most hosts send.</summary>
    private const int UsualTcp = 32;

    /// <summary>A TCP header with as many options as fit.</summary>
    private const int LongestTcp = 60;

    /// <summary>Options of a SYN beyond those of <see cref="UsualTcp"/>.</summary>
    private const int SynOptions = 8;

    /// <summary>Payload of a side, in bytes: exact for UDP without IP options; of TCP at least so much with usual
    /// options, and not zero where PSH says that there was some.</summary>
    public static long Of(in SideCounts side, in FlowKey key)
    {
        var network = key.Low.IsIpv4 ? Ipv4 : Ipv6;
        if (key.Transport != IpProtocol.Tcp)
            return Math.Max(0, side.Bytes - (side.Packets * (network + (key.Transport == IpProtocol.Udp ? Udp : 0))));
        var isPushed = (side.Flags & TcpFlags.Psh) != 0;
        if (side.Flags != 0 && !isPushed && !IsSure(side, key))
            return 0;
        var options = (side.Flags & TcpFlags.Syn) != 0 ? SynOptions : 0;
        return Math.Max(isPushed ? 1 : 0, side.Bytes - (side.Packets * (network + UsualTcp)) - options);
    }

    /// <summary>True when there was TCP payload, however long the headers were.</summary>
    public static bool IsSure(in SideCounts side, in FlowKey key) =>
        side.Bytes > side.Packets * ((key.Low.IsIpv4 ? Ipv4 : Ipv6) + LongestTcp);
}
