using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sdp;

/// <summary>The protocol field of an <c>m=</c> line: <c>RTP/AVP</c>, <c>TCP/RTP/SAVP</c>, <c>UDP/TLS/RTP/SAVPF</c>,
/// <c>udptl</c> … (RFC 8866 §5.14 and its registry).</summary>
/// <param name="Transport">The transport protocol.</param>
/// <param name="Protocol">Registry name of the protocol on it; null when unknown.</param>
internal readonly record struct SdpTransport(IpProtocol Transport, string? Protocol)
{
    /// <summary>True for RTP, which has RTCP with it.</summary>
    public bool IsRtp => Protocol == MediaPort.RtpProtocol;

    /// <summary>Parses the field; false for an unknown transport.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out SdpTransport transport)
    {
        var isRtp = HasPart(value, "RTP"u8);
        var protocol = isRtp ? MediaPort.RtpProtocol : HasPart(value, "DTLS"u8) ? "dtls" : null;
        if (HasPart(value, "TCP"u8))
            transport = new SdpTransport(IpProtocol.Tcp, isRtp ? protocol : null);
        else if (isRtp || protocol is not null || HasPart(value, "UDP"u8) || Words.Same(value, "udptl"u8))
            transport = new SdpTransport(IpProtocol.Udp, protocol);
        else
            transport = default;
        return transport.Transport.HasPorts;
    }

    private static bool HasPart(ReadOnlySpan<byte> value, ReadOnlySpan<byte> part)
    {
        foreach (var range in value.Split((byte)'/'))
        {
            if (Words.Same(value[range], part))
                return true;
        }

        return false;
    }
}
