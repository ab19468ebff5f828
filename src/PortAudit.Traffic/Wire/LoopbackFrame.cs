using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A frame of a BSD loopback interface (LINKTYPE_NULL and LINKTYPE_LOOP, tcpdump.org/linktypes), viewed in
/// place: an address family before the packet.</summary>
internal readonly ref struct LoopbackFrame : IWireHeader<LoopbackFrame>
{
    /// <summary>Length of the address family, in bytes.</summary>
    public const int HeaderLength = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private LoopbackFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out LoopbackFrame frame, out ParseError error)
    {
        frame = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        frame = new LoopbackFrame(bytes);
        return true;
    }

    int IWireHeader<LoopbackFrame>.HeaderLength => HeaderLength;

    /// <summary>What the payload is when the family is in network byte order (LINKTYPE_LOOP);
    /// <see cref="EtherType.None"/> when it is not IP.</summary>
    public ushort NetworkOrderEtherType => BsdAddressFamily.ToEtherType(BinaryPrimitives.ReadUInt32BigEndian(_bytes));

    /// <summary>
    /// What the payload is when the family is in the byte order of the machine that captured (LINKTYPE_NULL), which the
    /// file does not tell reliably: no family of IP in one order is one in the other. <see cref="EtherType.None"/> when
    /// it is not IP.
    /// </summary>
    public ushort HostOrderEtherType
    {
        get
        {
            var etherType = BsdAddressFamily.ToEtherType(BinaryPrimitives.ReadUInt32LittleEndian(_bytes));
            return etherType != EtherType.None ? etherType : NetworkOrderEtherType;
        }
    }

    /// <summary>What follows the family.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
