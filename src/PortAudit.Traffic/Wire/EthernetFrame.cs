using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>An Ethernet frame without preamble (IEEE 802.3 §3.1.1), viewed in place.</summary>
internal readonly ref struct EthernetFrame : ILinkHeader<EthernetFrame>
{
    /// <summary>Length of both addresses and the type, in bytes.</summary>
    public const int HeaderLength = 14;

    private readonly ReadOnlySpan<byte> _bytes;

    private EthernetFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(ReadOnlySpan<byte> bytes, out EthernetFrame frame, out ParseError error)
    {
        frame = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        frame = new EthernetFrame(bytes);
        return true;
    }

    int IWireHeader<EthernetFrame>.HeaderLength => HeaderLength;

    /// <summary>Address of the sender on this link.</summary>
    public LinkAddress Source => LinkAddress.Read(_bytes[LinkAddress.Length..]);

    /// <summary>EtherType of the payload, or its length when below <see cref="Wire.EtherType.Minimum"/>.</summary>
    public ushort EtherType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[12..]);

    /// <summary>The bytes after the header, with padding and frame check sequence if captured.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
