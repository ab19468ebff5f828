using System.Buffers.Text;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sdp;

/// <summary>An ICE candidate: the value of <c>a=candidate:</c>, in RFC 8839 §5.1 and RFC 6544 §4.5 form, <c>foundation
/// component transport priority address port typ …</c>, or in that of ICE's sixth draft and Office Communications
/// Server, <c>identifier component password transport preference address port</c>, without a type ([MS-ICE]
/// 2.2.1).</summary>
/// <param name="Component">1 for RTP, 2 for RTCP.</param>
/// <param name="Transport">The transport protocol.</param>
/// <param name="Address">Its address: the host's, its translator's, or the relay's.</param>
/// <param name="Port">Its port.</param>
/// <param name="Listens">False for an active TCP candidate, which only connects (RFC 6544 §3).</param>
internal readonly record struct SdpCandidate(int Component, IpProtocol Transport, IpAddress Address, ushort Port,
    bool Listens)
{
    private const int HighestComponent = 256;

    /// <summary>Words after the port searched for the TCP type.</summary>
    private const int MaximumExtensions = 32;

    /// <summary>Parses a value; false for an unknown transport or a host name, which matches no packet.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out SdpCandidate candidate)
    {
        candidate = default;
        var rest = value.Trim((byte)' ');
        Words.Take(ref rest);
        if (!Utf8Parser.TryParse(Words.Take(ref rest), out int component, out _)
            || component is < 1 or > HighestComponent)
            return false;

        // The draft has a password before the transport: at least 22 base64 characters.
        if (!TryReadTransport(Words.Take(ref rest), out var transport, out var listens)
            && !TryReadTransport(Words.Take(ref rest), out transport, out listens))
            return false;
        Words.Take(ref rest);
        if (!IpAddress.TryParse(Words.Take(ref rest), out var address)
            || !PortNumber.TryParse(Words.Take(ref rest), out var port))
            return false;
        candidate = new SdpCandidate(component, transport, address, port, listens && !IsActive(rest));
        return true;
    }

    private static bool TryReadTransport(ReadOnlySpan<byte> word, out IpProtocol transport, out bool listens)
    {
        listens = !Words.Same(word, "TCP-ACT"u8);
        transport = Words.Same(word, "UDP"u8)
            ? IpProtocol.Udp
            : Words.Holds("TCP TCP-PASS TCP-ACT TCP-SO"u8, word) ? IpProtocol.Tcp : default;
        return transport.HasPorts;
    }

    private static bool IsActive(ReadOnlySpan<byte> extensions)
    {
        for (var i = 0; i < MaximumExtensions && !extensions.IsEmpty; i++)
        {
            if (Words.Same(Words.Take(ref extensions), "tcptype"u8))
                return Words.Same(Words.Take(ref extensions), "active"u8);
        }

        return false;
    }
}
