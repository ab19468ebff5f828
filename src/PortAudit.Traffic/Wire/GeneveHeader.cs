using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A GENEVE header with its options, version 0 (RFC 8926 §3.4 and §3.5), viewed in place.</summary>
internal readonly ref struct GeneveHeader
{
    /// <summary>Length of a header without options, in bytes.</summary>
    public const int MinimumLength = 8;

    private const int LengthUnit = 4;
    private const byte OptionsLengthMask = 0x3F;
    private const byte ControlBit = 0x80;
    private const byte ReservedFlags = 0x3F;
    private const int OptionHeaderLength = 4;
    private const byte OptionLengthMask = 0x1F;

    private readonly ReadOnlySpan<byte> _bytes;

    private GeneveHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>False when no header begins with this byte.</summary>
    public static bool MayBeginWith(byte first) => first >> 6 == 0;

    /// <summary>True when <paramref name="bytes"/> hold a whole header of version 0, including options. Options that do
    /// not exactly fill their space are <see cref="ParseError.BadLength"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out GeneveHeader header, out ParseError error)
    {
        header = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        header = new GeneveHeader(bytes);
        return true;
    }

    /// <summary>True for a control packet (O bit): its payload is for the tunnel endpoint itself.</summary>
    public bool IsControl => (_bytes[1] & ControlBit) != 0;

    /// <summary>True when reserved bits are set, which senders must not do: a doubt when only the port suggests
    /// GENEVE.</summary>
    public bool HasReservedBits => (_bytes[1] & ReservedFlags) != 0 || _bytes[7] != 0;

    /// <summary>EtherType of the payload; 0x6558 for an Ethernet frame.</summary>
    public ushort ProtocolType => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Virtual network identifier, 0 to 16777215.</summary>
    public uint Vni => BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]) >> 8;

    /// <summary>Length of the header with its options, in bytes: 8 to 260.</summary>
    public int HeaderLength => LengthOf(_bytes);

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return ParseError.Incomplete;
        if (!MayBeginWith(bytes[0]))
            return ParseError.BadVersion;
        if (bytes.Length < MinimumLength || bytes.Length < LengthOf(bytes))
            return ParseError.Incomplete;
        return HoldsWholeOptions(bytes[MinimumLength..LengthOf(bytes)]) ? ParseError.None : ParseError.BadLength;
    }

    // Options take at least four of at most 252 bytes: 63 options bound the loop.
    private static bool HoldsWholeOptions(ReadOnlySpan<byte> options)
    {
        while (!options.IsEmpty)
        {
            var length = OptionHeaderLength + (options[3] & OptionLengthMask) * LengthUnit;
            if (length > options.Length)
                return false;
            options = options[length..];
        }

        return true;
    }

    private static int LengthOf(ReadOnlySpan<byte> bytes) =>
        MinimumLength + (bytes[0] & OptionsLengthMask) * LengthUnit;
}
