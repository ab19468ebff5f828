using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A PPPoE packet (RFC 2516 §4), viewed in place.</summary>
internal readonly ref struct PppoePacket : IWireHeader<PppoePacket>
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 6;

    private const byte VersionAndType = 0x11;
    private const byte SessionCode = 0;

    private readonly ReadOnlySpan<byte> _bytes;

    private PppoePacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of version 1 and type 1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PppoePacket packet, out ParseError error)
    {
        packet = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        packet = new PppoePacket(bytes);
        return true;
    }

    int IWireHeader<PppoePacket>.HeaderLength => HeaderLength;

    /// <summary>True for a session packet, which carries a PPP frame (RFC 2516 §6).</summary>
    public bool IsSession => _bytes[1] == SessionCode;

    public ushort SessionIdentifier => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    public ushort AnnouncedPayloadLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>The captured payload, without Ethernet padding.</summary>
    public ReadOnlySpan<byte> Payload =>
        _bytes.Slice(HeaderLength, Math.Min(AnnouncedPayloadLength, _bytes.Length - HeaderLength));

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [not VersionAndType, ..])
            return ParseError.BadVersion;
        return bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
    }
}
