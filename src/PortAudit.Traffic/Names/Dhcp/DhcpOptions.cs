using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Names.Dhcp;

/// <summary>What of a DHCP message tells names: the client's addresses and its options (RFC 2131 §2, RFC 2132), viewed in place.</summary>
internal readonly ref struct DhcpOptions
{
    /// <summary>Host Name (RFC 2132 §3.14).</summary>
    public const byte HostName = 12;

    /// <summary>Requested IP Address (§9.1).</summary>
    public const byte RequestedAddress = 50;

    /// <summary>DHCP Message Type (§9.6).</summary>
    public const byte MessageType = 53;

    /// <summary>Server Identifier (§9.7).</summary>
    public const byte ServerIdentifier = 54;

    /// <summary>Client Fully Qualified Domain Name (RFC 4702 §2).</summary>
    public const byte FullName = 81;

    /// <summary>Options that are walked at most: one of each code.</summary>
    public const int Maximum = 256;

    private const byte Pad = 0;
    private const byte End = 255;
    private const int ClientAddressAt = 12;
    private const int YourAddressAt = 16;
    private const int MagicAt = 236;
    private const int OptionsAt = 240;
    private const uint Magic = 0x6382_5363;

    private readonly ReadOnlySpan<byte> _bytes;

    private DhcpOptions(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the fixed part of a message and the mark of its options.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out DhcpOptions options)
    {
        options = default;
        if (bytes.Length < OptionsAt || BinaryPrimitives.ReadUInt32BigEndian(bytes[MagicAt..]) != Magic)
            return false;
        options = new DhcpOptions(bytes);
        return true;
    }

    /// <summary><c>ciaddr</c>: the address that the client already uses; zero without one.</summary>
    public IpAddress ClientAddress => IpAddress.FromIpv4(_bytes.Slice(ClientAddressAt, 4));

    /// <summary><c>yiaddr</c>: the address that the server gives; zero without one.</summary>
    public IpAddress YourAddress => IpAddress.FromIpv4(_bytes.Slice(YourAddressAt, 4));

    /// <summary>The first option of a code; empty when there is none. Parts of an option that is split (RFC 3396) are not joined: names are shorter.</summary>
    public ReadOnlySpan<byte> Find(byte code)
    {
        var rest = _bytes[OptionsAt..].TrimStart(Pad);
        for (var i = 0; i < Maximum && rest.Length >= 2 && rest[0] != End; i++)
        {
            var value = rest[2..];
            var length = rest[1];
            if (value.Length < length)
                return default;
            if (rest[0] == code)
                return value[..length];
            rest = value[length..].TrimStart(Pad);
        }

        return default;
    }
}
