using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>An ICMP message of IPv4 (RFC 792) or IPv6 (RFC 4443 §2.1), viewed in place.</summary>
internal readonly ref struct IcmpMessage
{
    /// <summary>Type, code, checksum and four type-specific bytes.</summary>
    public const int HeaderLength = 8;

    /// <summary>Echo reply of ICMP (RFC 792).</summary>
    public const byte EchoReply = 0;

    /// <summary>Echo request of ICMP.</summary>
    public const byte EchoRequest = 8;

    /// <summary>Echo request of ICMPv6 (RFC 4443 §4.1).</summary>
    public const byte EchoRequestV6 = 128;

    /// <summary>Echo reply of ICMPv6 (RFC 4443 §4.2).</summary>
    public const byte EchoReplyV6 = 129;

    private readonly ReadOnlySpan<byte> _bytes;

    private IcmpMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IcmpMessage message, out ParseError error)
    {
        message = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        message = new IcmpMessage(bytes);
        return true;
    }

    /// <summary>True for the types of echo request and reply of <paramref name="protocol"/>.</summary>
    public static bool IsEcho(IpProtocol protocol, byte type) =>
        protocol == IpProtocol.Icmp ? type is EchoRequest or EchoReply : type is EchoRequestV6 or EchoReplyV6;

    /// <summary>Message type.</summary>
    public byte Type => _bytes[0];

    public byte Code => _bytes[1];

    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The captured bytes after the header: in an error, the quoted packet.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>True for a message that quotes the packet causing it: destination unreachable, source quench, redirect,
    /// time exceeded and parameter problem of ICMP (RFC 792); types 1 to 4 of ICMPv6 (RFC 4443 §3).</summary>
    /// <param name="protocol"><see cref="IpProtocol.Icmp"/> or <see cref="IpProtocol.IcmpV6"/>.</param>
    public bool IsError(IpProtocol protocol) =>
        protocol == IpProtocol.Icmp ? Type is 3 or 4 or 5 or 11 or 12 : Type is >= 1 and <= 4;
}
