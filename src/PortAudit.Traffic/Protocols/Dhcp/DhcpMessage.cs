using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dhcp;

/// <summary>A BOOTP or DHCP message (RFC 951 §3, RFC 2131 §2), viewed in place.</summary>
internal readonly ref struct DhcpMessage
{
    /// <summary>Length of the fixed part, in bytes: up to vendor area or options.</summary>
    public const int HeaderLength = 236;

    /// <summary>Options read at most: the number of codes.</summary>
    public const int MaximumOptions = 256;

    /// <summary>Length of the field of the client's hardware address, in bytes.</summary>
    public const int HardwareAddressRoom = 16;

    private const int OptionsStart = HeaderLength + CookieLength;
    private const int CookieLength = 4;
    private const uint MagicCookie = 0x6382_5363;
    private const int Ethernet = 1;
    private const int EthernetAddressLength = 6;
    private const int HardwareAddressStart = 28;

    /// <summary>Vendor area of BOOTP (RFC 951 §3).</summary>
    private const int VendorAreaLength = 64;

    /// <summary>Relays between client and server (RFC 1542 §4.1.1).</summary>
    private const int LastHop = 16;
    private const ushort BroadcastFlag = 0x8000;
    private const byte Pad = 0;
    private const byte End = 255;

    private readonly ReadOnlySpan<byte> _bytes;

    private DhcpMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a fixed part with the magic cookie (RFC 2132 §2), or with a
    /// BOOTP vendor area and an Ethernet address whose ten unused bytes are zero. In a cut datagram such an address is
    /// enough.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, bool isWhole, out DhcpMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && bytes[0] is not (1 or 2))
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < (isWhole ? OptionsStart : HardwareAddressStart + HardwareAddressRoom))
            return false;
        var candidate = new DhcpMessage(bytes);
        error = ParseError.BadValue;
        if (bytes[2] > HardwareAddressRoom || (!candidate.HasCookie && !candidate.IsPlainBootp(isWhole)))
            return false;
        message = candidate;
        error = ParseError.None;
        return true;
    }

    /// <summary>True for messages from clients, and from relays on their behalf.</summary>
    public bool IsRequest => _bytes[0] == 1;

    /// <summary>Transaction id, repeated in replies (RFC 2131 §4.1).</summary>
    public uint Transaction => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The client's current address; 0 for none.</summary>
    public uint ClientAddress => BinaryPrimitives.ReadUInt32BigEndian(_bytes[12..]);

    /// <summary>The address given by the server; 0 for none.</summary>
    public uint YourAddress => BinaryPrimitives.ReadUInt32BigEndian(_bytes[16..]);

    /// <summary>The client's hardware address, at most <see cref="HardwareAddressRoom"/> bytes; empty when the link has
    /// none (RFC 4390 §2.1).</summary>
    public ReadOnlySpan<byte> HardwareAddress => _bytes.Slice(HardwareAddressStart, _bytes[2]);

    /// <summary>False when the datagram was cut before the options.</summary>
    public bool ReachesOptions => _bytes.Length >= OptionsStart;

    /// <summary>True when options follow (RFC 2131 §3).</summary>
    public bool HasCookie =>
        ReachesOptions && BinaryPrimitives.ReadUInt32BigEndian(_bytes[HeaderLength..]) == MagicCookie;

    /// <summary>Captured value of the first option with a code; empty without one. Split options (RFC 3396) are not
    /// joined.</summary>
    public ReadOnlySpan<byte> Option(byte code) => Option(code, out _);

    /// <summary>The same, but empty when the value was cut.</summary>
    public ReadOnlySpan<byte> WholeOption(byte code) =>
        Option(code, out var length) is var value && value.Length == length ? value : [];

    /// <summary>The value, and its stated length.</summary>
    private ReadOnlySpan<byte> Option(byte code, out int length)
    {
        length = 0;
        var rest = HasCookie ? _bytes[OptionsStart..].TrimStart(Pad) : [];
        for (var i = 0; i < MaximumOptions && rest.Length > 1 && rest[0] != End; i++)
        {
            var value = rest.Slice(2, Math.Min(rest[1], rest.Length - 2));
            length = rest[1];
            if (rest[0] == code)
                return value;
            rest = rest[(2 + value.Length)..].TrimStart(Pad);
        }

        length = 0;
        return [];
    }

    private bool IsPlainBootp(bool isWhole)
    {
        if ((isWhole && _bytes.Length < HeaderLength + VendorAreaLength) || _bytes[1] != Ethernet
            || _bytes[2] != EthernetAddressLength || _bytes[3] > LastHop)
            return false;
        var flags = BinaryPrimitives.ReadUInt16BigEndian(_bytes[10..]);
        var padding = _bytes.Slice(HardwareAddressStart + EthernetAddressLength,
            HardwareAddressRoom - EthernetAddressLength);
        return flags is 0 or BroadcastFlag && !padding.ContainsAnyExcept((byte)0);
    }
}
