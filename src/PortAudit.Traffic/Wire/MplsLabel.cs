using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>An entry of the MPLS label stack (RFC 3032 §2.1), viewed in place.</summary>
internal readonly ref struct MplsLabel : IWireHeader<MplsLabel>
{
    /// <summary>Length of the entry, in bytes.</summary>
    public const int HeaderLength = 4;

    private const uint BottomOfStack = 0x100;

    private readonly ReadOnlySpan<byte> _bytes;

    private MplsLabel(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole entry.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MplsLabel label, out ParseError error)
    {
        label = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        label = new MplsLabel(bytes);
        return true;
    }

    int IWireHeader<MplsLabel>.HeaderLength => HeaderLength;

    /// <summary>The label, 0 to 1048575.</summary>
    public uint Label => BinaryPrimitives.ReadUInt32BigEndian(_bytes) >> 12;

    /// <summary>True for the last entry: a packet follows.</summary>
    public bool IsBottom => (BinaryPrimitives.ReadUInt32BigEndian(_bytes) & BottomOfStack) != 0;

    /// <summary>What follows the entry.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
