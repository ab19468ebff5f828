using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A port extender's E-TAG after its type (IEEE 802.1BR §7.5), with the type of the payload, viewed in
/// place.</summary>
internal readonly ref struct ExtensionTag : ILinkHeader<ExtensionTag>
{
    /// <summary>Length of the tag control information and the next type, in bytes.</summary>
    public const int HeaderLength = 8;

    private const int ChannelMask = 0x0FFF;

    private readonly ReadOnlySpan<byte> _bytes;

    private ExtensionTag(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole tag.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ExtensionTag tag, out ParseError error)
    {
        tag = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        tag = new ExtensionTag(bytes);
        return true;
    }

    int IWireHeader<ExtensionTag>.HeaderLength => HeaderLength;

    /// <summary>Base of the destination E-channel's identifier, 0 to 4095.</summary>
    public ushort Channel => (ushort)(BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]) & ChannelMask);

    /// <inheritdoc/>
    public ushort EtherType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
