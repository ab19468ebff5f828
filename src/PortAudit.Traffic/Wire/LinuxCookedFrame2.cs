using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A frame of Linux cooked capture, version 2 (LINKTYPE_LINUX_SLL2, tcpdump.org/linktypes), viewed in
/// place.</summary>
internal readonly ref struct LinuxCookedFrame2 : ILinkHeader<LinuxCookedFrame2>
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 20;

    private readonly ReadOnlySpan<byte> _bytes;

    private LinuxCookedFrame2(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out LinuxCookedFrame2 frame, out ParseError error)
    {
        frame = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        frame = new LinuxCookedFrame2(bytes);
        return true;
    }

    int IWireHeader<LinuxCookedFrame2>.HeaderLength => HeaderLength;

    /// <summary>What the payload is; <see cref="Wire.EtherType.None"/> where Linux has a number of its own for
    /// it.</summary>
    public ushort EtherType =>
        LinuxCookedProtocol.ToEtherType(BinaryPrimitives.ReadUInt16BigEndian(_bytes), HardwareType);

    /// <summary>Kind of the interface that saw the frame, a Linux ARPHRD_ number.</summary>
    public ushort HardwareType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]);

    /// <summary>What follows the header: it begins with a VLAN tag's control field when the type says so.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
