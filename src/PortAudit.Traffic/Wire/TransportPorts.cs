using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>The ports at the start of TCP (RFC 9293 §3.1), UDP (RFC 768) and SCTP (RFC 9260 §3.1) headers, viewed in
/// place: enough to name a conversation when the rest is cut, malformed, or not quoted.</summary>
internal readonly ref struct TransportPorts
{
    /// <summary>Length of both ports, in bytes.</summary>
    public const int HeaderLength = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private TransportPorts(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold both ports.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TransportPorts ports, out ParseError error)
    {
        ports = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        ports = new TransportPorts(bytes);
        return true;
    }

    /// <summary>Source port.</summary>
    public ushort Source => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Destination port.</summary>
    public ushort Destination => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);
}
