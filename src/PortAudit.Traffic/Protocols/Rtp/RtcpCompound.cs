namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>How the packets of one datagram of RTCP add up (RFC 3550 §6.1; reduced size RFC 5506).</summary>
/// <param name="Packets">Number of packets that are there as a whole.</param>
/// <param name="IsWhole">True when they fill the datagram.</param>
internal readonly record struct RtcpCompound(int Packets, bool IsWhole)
{
    /// <summary>Packets of a datagram that are looked at: a report, a description and some feedback.</summary>
    public const int MaximumPackets = 32;

    /// <summary>Walks the packets of a datagram. One that ends in padding is the last.</summary>
    public static RtcpCompound Of(ReadOnlySpan<byte> bytes)
    {
        var packets = 0;
        while (!bytes.IsEmpty && packets < MaximumPackets && RtcpPacket.TryParse(bytes, out var packet, out _)
            && packet.TotalLength <= bytes.Length)
        {
            packets++;
            bytes = bytes[packet.TotalLength..];
            if (packet.HasPadding)
                break;
        }

        return new RtcpCompound(packets, bytes.IsEmpty);
    }
}
