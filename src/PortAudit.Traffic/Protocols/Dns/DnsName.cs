using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>A domain name on the wire (RFC 1035 §3.1, §4.1.4).</summary>
internal static class DnsName
{
    /// <summary>Longest name, length bytes included (RFC 1035 §2.3.4); it bounds the walk over labels.</summary>
    public const int MaximumLength = 255;

    private const byte LastControl = 0x1F;

    /// <summary>Longest label (RFC 1035 §2.3.4), and the first of the bytes that begin a pointer (§4.1.4).</summary>
    private const int MaximumLabel = 63;
    private const int FirstPointer = 0xC0;

    /// <summary>Length of the one label into which the NetBIOS name service encodes a name of 16 bytes (RFC 1001
    /// §14.1).</summary>
    private const int NetBiosLabelLength = 32;

    /// <summary>
    /// Takes a name off the front of <paramref name="rest"/>, which is the end of <paramref name="message"/>. A pointer
    /// ends the name and must point before it, behind the header; it is not followed. Control characters, legal in
    /// theory, are refused: no name that is looked up has them, other protocols' bytes do.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ParseError Skip(ReadOnlySpan<byte> message, ref ReadOnlySpan<byte> rest)
    {
        // The root, whose name the record of EDNS has (RFC 6891 §6.1.2), is most names behind the first.
        var (length, error) = (1, ParseError.None);
        if (rest is not [0, ..])
            error = Measure(rest, message.Length - rest.Length, out length);
        if (error == ParseError.None)
            rest = rest[length..];
        return error;
    }

    /// <summary>True for a name whose first label has the length of an encoded NetBIOS name, unless it begins as the
    /// names of services do.</summary>
    public static bool IsNetBios(ReadOnlySpan<byte> name) => name is [NetBiosLabelLength, not (byte)'_', ..];

    /// <summary>Length of a name with what ends it, in bytes.</summary>
    /// <param name="name">The name and what follows it.</param>
    /// <param name="place">Where it stands in its message.</param>
    /// <param name="length">The length; meaningless where there is an error.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ParseError Measure(ReadOnlySpan<byte> name, int place, out int length)
    {
        length = 0;
        for (var at = 0; at < MaximumLength;)
        {
            if ((uint)at >= (uint)name.Length)
                return ParseError.Incomplete;
            int size = name[at];
            if (size is 0 or > MaximumLabel)
            {
                length = at + 1;
                return size == 0 ? ParseError.None : MeasurePointer(size, name[length..], place, ref length);
            }

            if (HasControl(name[(at + 1)..], size))
                return ParseError.BadValue;
            at += 1 + size;
        }

        return ParseError.BadLength;
    }

    /// <summary>True when there is a control character in a label, as far as the label is there.</summary>
    private static bool HasControl(ReadOnlySpan<byte> octets, int size)
    {
        foreach (var octet in octets[..Math.Min(octets.Length, size)])
        {
            if (octet <= LastControl)
                return true;
        }

        return false;
    }

    private static ParseError MeasurePointer(int first, ReadOnlySpan<byte> rest, int place, ref int length)
    {
        if (first < FirstPointer)
            return ParseError.BadValue;
        if (rest.IsEmpty)
            return ParseError.Incomplete;
        length++;
        var target = ((first & 0x3F) << 8) | rest[0];
        return target < DnsMessage.HeaderLength || target >= place ? ParseError.BadValue : ParseError.None;
    }
}
