using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dhcp;

/// <summary>A DHCPv6 message (RFC 8415 §8; relays §9), viewed in place: type, transaction, and options that fill
/// it.</summary>
internal readonly ref struct Dhcpv6Message
{
    /// <summary>Length of the header of a message between client and server, in bytes.</summary>
    public const int HeaderLength = 4;

    /// <summary>Length of the header of a message between relay and server: type, hop count, two addresses.</summary>
    public const int RelayHeaderLength = 34;

    /// <summary>Options read at most: a message has about a dozen.</summary>
    public const int MaximumOptions = 128;

    private const int OptionHeaderLength = 4;

    /// <summary>Option codes are assigned up to 149, and a few later ones (IANA "DHCPv6 Option Codes").</summary>
    private const int LastOption = 200;
    private const ushort ClientIdentifier = 1;
    private const ushort ServerIdentifier = 2;
    private const ushort RelayedMessage = 9;

    /// <summary>Kinds of unique identifiers: time and address, enterprise, address, UUID (RFC 8415 §11.1, RFC
    /// 6355).</summary>
    private const int LastIdentifierKind = 4;

    private readonly ReadOnlySpan<byte> _bytes;

    private Dhcpv6Message(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a message with a client or server identifier or a relayed
    /// message; if it <paramref name="isWhole"/>, options must fill it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, bool isWhole, out Dhcpv6Message message, out ParseError error)
    {
        message = default;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && !Dhcpv6Types.IsDefined(bytes[0]))
            return false;
        error = ParseError.Incomplete;
        var headerLength = bytes.Length > 0 && Dhcpv6Types.IsRelayed(bytes[0]) ? RelayHeaderLength : HeaderLength;
        if (bytes.Length < headerLength)
            return false;
        error = CheckOptions(bytes[headerLength..], isWhole);
        if (error != ParseError.None)
            return false;
        message = new Dhcpv6Message(bytes);
        return true;
    }

    /// <summary>Message type.</summary>
    public byte Type => _bytes[0];

    private static ParseError CheckOptions(ReadOnlySpan<byte> options, bool isWhole)
    {
        var isKnown = false;
        for (var i = 0; i < MaximumOptions && !options.IsEmpty; i++)
        {
            if (options.Length < OptionHeaderLength)
                return EndOf(isWhole, isKnown);
            var code = BinaryPrimitives.ReadUInt16BigEndian(options);
            var length = BinaryPrimitives.ReadUInt16BigEndian(options[2..]);
            if (code is 0 or > LastOption)
                return ParseError.BadValue;
            if (length > options.Length - OptionHeaderLength)
                return EndOf(isWhole, isKnown);
            isKnown |= Identifies(code, options.Slice(OptionHeaderLength, length));
            options = options[(OptionHeaderLength + length)..];
        }

        return isKnown ? ParseError.None : ParseError.BadValue;
    }

    private static ParseError EndOf(bool isWhole, bool isKnown)
    {
        if (isWhole)
            return ParseError.BadLength;
        return isKnown ? ParseError.None : ParseError.Incomplete;
    }

    private static bool Identifies(ushort code, ReadOnlySpan<byte> value) => code switch
    {
        ClientIdentifier or ServerIdentifier => value is [0, > 0 and <= LastIdentifierKind, _, _, ..],
        RelayedMessage => value.Length > 0 && Dhcpv6Types.IsDefined(value[0]),
        _ => false,
    };
}
