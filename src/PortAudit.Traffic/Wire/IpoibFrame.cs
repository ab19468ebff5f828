using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A frame of IP over InfiniBand after its global routing header (LINKTYPE_IPOIB, tcpdump.org/linktypes; RFC
/// 4391 §6), viewed in place.</summary>
internal readonly ref struct IpoibFrame : ILinkHeader<IpoibFrame>
{
    /// <summary>Length of the routing and encapsulation headers, in bytes.</summary>
    public const int HeaderLength = 44;

    private const int TypeOffset = 40;

    private readonly ReadOnlySpan<byte> _bytes;

    private IpoibFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold whole headers.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out IpoibFrame frame, out ParseError error)
    {
        frame = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        frame = new IpoibFrame(bytes);
        return true;
    }

    int IWireHeader<IpoibFrame>.HeaderLength => HeaderLength;

    /// <inheritdoc/>
    public ushort EtherType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[TypeOffset..]);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
