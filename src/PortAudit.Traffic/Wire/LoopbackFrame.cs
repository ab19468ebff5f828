using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A frame of a BSD loopback interface (LINKTYPE_NULL and LINKTYPE_LOOP, tcpdump.org/linktypes), viewed in
/// place: an address family and a packet.</summary>
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

    /// <summary>The payload's EtherType by an address family in network byte order (LINKTYPE_LOOP);
    /// <see cref="EtherType.None"/> when not IP.</summary>
    public ushort NetworkOrderEtherType => BsdAddressFamily.ToEtherType(BinaryPrimitives.ReadUInt32BigEndian(_bytes));

    /// <summary>The payload's EtherType by an address family in the capturing host's byte order (LINKTYPE_NULL). The
    /// file does not state the order reliably, but IP's families are distinct in both. <see cref="EtherType.None"/>
    /// when not IP.</summary>
    public ushort HostOrderEtherType
    {
        get
        {
            var etherType = BsdAddressFamily.ToEtherType(BinaryPrimitives.ReadUInt32LittleEndian(_bytes));
            return etherType != EtherType.None ? etherType : NetworkOrderEtherType;
        }
    }

    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
