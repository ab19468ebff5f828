using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Msmq;

/// <summary>The header of every packet of Message Queuing's binary protocol ([MS-MQMQ] 2.2.19.1), viewed in
/// place.</summary>
internal readonly ref struct MsmqBaseHeader
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 16;

    private const byte Version = 0x10;

    /// <summary>Largest packet: 4 MB of message ([MS-MQMQ] 2.2.20), headers, and headroom.</summary>
    private const int MaximumPacketSize = 0x0100_0000;

    private readonly ReadOnlySpan<byte> _bytes;

    private MsmqBaseHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    private static ReadOnlySpan<byte> Signature => "LIOR"u8;

    /// <summary>True when <paramref name="bytes"/> begin with version, signature and a matching size.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MsmqBaseHeader header, out ParseError error)
    {
        header = default;
        error = ParseError.BadVersion;
        if (bytes.Length > 0 && bytes[0] != Version)
            return false;
        error = ParseError.BadValue;
        var signature = bytes[Math.Min(bytes.Length, 4)..Math.Min(bytes.Length, 8)];
        if (!Signature.StartsWith(signature))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var candidate = new MsmqBaseHeader(bytes);
        error = ParseError.BadLength;
        if (candidate.PacketSize is < HeaderLength or > MaximumPacketSize)
            return false;
        header = candidate;
        error = ParseError.None;
        return true;
    }

    /// <summary>Flags: priority, internal packet, security and others.</summary>
    public ushort Flags => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[2..]);

    /// <summary>Length of the packet including headers, in bytes.</summary>
    public uint PacketSize => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[8..]);
}
