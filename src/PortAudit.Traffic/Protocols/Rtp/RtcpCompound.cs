namespace PortAudit.Traffic.Protocols.Rtp;

/// <summary>The packets of an RTCP datagram (RFC 3550 §6.1; reduced size RFC 5506).</summary>
/// <param name="Packets">Number of complete packets.</param>
/// <param name="IsWhole">True when they fill the datagram.</param>
internal readonly record struct RtcpCompound(int Packets, bool IsWhole)
{
    /// <summary>Packets examined per datagram: a report, a description and some feedback.</summary>
    public const int MaximumPackets = 32;

    /// <summary>Reads the packets of a datagram. One with padding is the last.</summary>
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
