using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>A domain name on the wire (RFC 1035 §3.1, §4.1.4).</summary>
internal static class DnsName
{
    /// <summary>Longest name, length bytes included (RFC 1035 §2.3.4); it bounds the walk over labels.</summary>
    public const int MaximumLength = 255;

    private const int PointerLength = 2;
    private const byte LastControl = 0x1F;

    /// <summary>Longest label (RFC 1035 §2.3.4), and the first of the bytes that begin a pointer (§4.1.4).</summary>
    private const int MaximumLabel = 63;
    private const int FirstPointer = 0xC0;

    private const ulong EightSpaces = 0x2020_2020_2020_2020;
    private const ulong EightSigns = 0x8080_8080_8080_8080;

    /// <summary>Length of the one label into which the NetBIOS name service encodes a name of 16 bytes (RFC 1001 §14.1).</summary>
    private const int NetBiosLabelLength = 32;

    /// <summary>
    /// Takes a name off the front of <paramref name="rest"/>, which is the end of <paramref name="message"/>. A pointer ends the name
    /// and must point before it, behind the header; it is not followed. Control characters, legal in theory, are refused: no name
    /// that is looked up has them, other protocols' bytes do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ParseError Skip(ReadOnlySpan<byte> message, ref ReadOnlySpan<byte> rest)
    {
        if (rest is not [0, ..])
            return SkipLabels(message, ref rest);

        // The root, whose name the record of EDNS has (RFC 6891 §6.1.2).
        rest = rest[1..];
        return ParseError.None;
    }

    /// <summary>True for a name whose first label has the length of an encoded NetBIOS name, unless it begins as the names of services do.</summary>
    public static bool IsNetBios(ReadOnlySpan<byte> name) => name is [NetBiosLabelLength, not (byte)'_', ..];

    private static ParseError SkipLabels(ReadOnlySpan<byte> message, ref ReadOnlySpan<byte> rest)
    {
        var name = rest;
        for (var length = 0; length < MaximumLength;)
        {
            if ((uint)length >= (uint)name.Length)
                return ParseError.Incomplete;
            int size = name[length];
            if (size is 0 or > MaximumLabel)
                return SkipEnd(message, name, length, ref rest);
            if (HasControl(name[(length + 1)..], size))
                return ParseError.BadValue;
            length += 1 + size;
        }

        return ParseError.BadLength;
    }

    private static ParseError SkipEnd(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, int at, ref ReadOnlySpan<byte> rest)
    {
        if (name[at] >= FirstPointer)
            return SkipPointer(message, name, at, ref rest);
        if (name[at] != 0)
            return ParseError.BadValue;
        rest = name[(at + 1)..];
        return ParseError.None;
    }

    /// <summary>
    /// True when there is a control character in a label, as far as it is there. The eight octets that nearly all labels fit in are looked at together with those behind the label: subtracting
    /// makes an octet negative that is below a space, and perhaps some behind it, but none before it.
    /// </summary>
    private static bool HasControl(ReadOnlySpan<byte> octets, int size)
    {
        if (size > sizeof(ulong) || octets.Length < sizeof(ulong))
            return octets[..Math.Min(octets.Length, size)].ContainsAnyInRange((byte)0, LastControl);
        var eight = BinaryPrimitives.ReadUInt64LittleEndian(octets);
        var controls = (eight - EightSpaces) & ~eight & EightSigns;
        return controls << (8 * (sizeof(ulong) - size)) != 0;
    }

    private static ParseError SkipPointer(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, int at, ref ReadOnlySpan<byte> rest)
    {
        if (name.Length < at + PointerLength)
            return ParseError.Incomplete;
        var target = ((name[at] & 0x3F) << 8) | name[at + 1];
        var start = message.Length - name.Length;
        if (target < DnsMessage.HeaderLength || target >= start)
            return ParseError.BadValue;
        rest = name[(at + PointerLength)..];
        return ParseError.None;
    }
}
