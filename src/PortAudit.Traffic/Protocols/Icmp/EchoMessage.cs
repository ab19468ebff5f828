using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Icmp;

/// <summary>An echo request or reply of ICMP (RFC 792, "Echo or Echo Reply Message") or ICMPv6 (RFC 4443 §4.1, §4.2),
/// viewed in place.</summary>
internal readonly ref struct EchoMessage
{
    /// <summary>Length of the header, in bytes: type, code, checksum, identifier, sequence number.</summary>
    public const int HeaderLength = IcmpMessage.HeaderLength;

    private readonly ReadOnlySpan<byte> _bytes;

    private EchoMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the header of an echo message of <paramref name="transport"/>;
    /// another type is <see cref="ParseError.BadValue"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, IpProtocol transport, out EchoMessage message,
        out ParseError error)
    {
        message = default;
        if (!IcmpMessage.TryParse(bytes, out var any, out error))
            return false;
        error = IcmpMessage.IsEcho(transport, any.Type) ? ParseError.None : ParseError.BadValue;
        if (error != ParseError.None)
            return false;
        message = new EchoMessage(bytes);
        return true;
    }

    public bool IsReply => _bytes[0] is IcmpMessage.EchoReply or IcmpMessage.EchoReplyV6;

    /// <summary>Identifier and sequence number, repeated in the reply.</summary>
    public uint Exchange => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The captured data, which a reply must return.</summary>
    public ReadOnlySpan<byte> Data => _bytes[HeaderLength..];
}
