using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dhcp;

/// <summary>A message of the Multicast Address Dynamic Client Allocation Protocol (RFC 2730 §2.1), viewed in
/// place.</summary>
internal readonly ref struct MadcapMessage
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 8;

    /// <summary>Options read at most: each of the 17 defined, a few times.</summary>
    public const int MaximumOptions = 64;

    private const int OptionHeaderLength = 4;
    private const byte LastType = 8;
    private const byte Offer = 2;
    private const byte Ack = 5;
    private const byte Nak = 6;

    /// <summary>Option 0 ends the list; 16 is the last that is defined (RFC 2730 §3, IANA "MADCAP options").</summary>
    private const ushort LastOption = 16;

    private readonly ReadOnlySpan<byte> _bytes;

    private MadcapMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a message of version 0 for IPv4 or IPv6 with valid options up
    /// to the end option.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MadcapMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.BadVersion;
        if (bytes.Length > 0 && bytes[0] != 0)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if (bytes[1] is 0 or > LastType || BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) is not (1 or 2))
            return false;
        error = CheckOptions(bytes[HeaderLength..]);
        if (error != ParseError.None)
            return false;
        message = new MadcapMessage(bytes);
        return true;
    }

    /// <summary>True for what servers send.</summary>
    public bool IsReply => _bytes[1] is Offer or Ack or Nak;

    private static ParseError CheckOptions(ReadOnlySpan<byte> options)
    {
        for (var i = 0; i < MaximumOptions; i++)
        {
            if (options.Length < OptionHeaderLength)
                return ParseError.Incomplete;
            var code = BinaryPrimitives.ReadUInt16BigEndian(options);
            var length = BinaryPrimitives.ReadUInt16BigEndian(options[2..]);
            if (code == 0)
                return i > 0 && length == 0 && options.Length == OptionHeaderLength
                    ? ParseError.None
                    : ParseError.BadValue;
            if (code > LastOption)
                return ParseError.BadValue;
            if (length > options.Length - OptionHeaderLength)
                return ParseError.Incomplete;
            options = options[(OptionHeaderLength + length)..];
        }

        return ParseError.BadLength;
    }
}
