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

    /// <summary>The payload's EtherType; <see cref="Wire.EtherType.None"/> for Linux' own numbers.</summary>
    public ushort EtherType =>
        LinuxCookedProtocol.ToEtherType(BinaryPrimitives.ReadUInt16BigEndian(_bytes), HardwareType);

    /// <summary>The interface's Linux ARPHRD_ number.</summary>
    public ushort HardwareType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]);

    /// <summary>The bytes after the header, beginning with a VLAN tag's control field if the type says so.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
