using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A Linux cooked capture frame, version 1 (LINKTYPE_LINUX_SLL, tcpdump.org/linktypes), viewed in place: from
/// interfaces without link addresses, such as "any".</summary>
internal readonly ref struct LinuxCookedFrame : ILinkHeader<LinuxCookedFrame>
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 16;

    private readonly ReadOnlySpan<byte> _bytes;

    private LinuxCookedFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a whole header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out LinuxCookedFrame frame, out ParseError error)
    {
        frame = default;
        error = bytes.Length < HeaderLength ? ParseError.Incomplete : ParseError.None;
        if (error != ParseError.None)
            return false;
        frame = new LinuxCookedFrame(bytes);
        return true;
    }

    int IWireHeader<LinuxCookedFrame>.HeaderLength => HeaderLength;

    /// <summary>The interface's Linux ARPHRD_ number.</summary>
    public ushort HardwareType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The payload's EtherType; <see cref="Wire.EtherType.None"/> for Linux' own numbers.</summary>
    public ushort EtherType =>
        LinuxCookedProtocol.ToEtherType(BinaryPrimitives.ReadUInt16BigEndian(_bytes[14..]), HardwareType);

    /// <summary>The bytes after the header, beginning with a VLAN tag's control field if the type says so.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];
}
