using System.Runtime.CompilerServices;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>A domain name on the wire (RFC 1035 §3.1, §4.1.4).</summary>
internal static class DnsName
{
    /// <summary>Longest name, including length bytes (RFC 1035 §2.3.4); bounds the loop over labels.</summary>
    public const int MaximumLength = 255;

    private const byte LastControl = 0x1F;

    /// <summary>Longest label (RFC 1035 §2.3.4), and the first byte value of a pointer (§4.1.4).</summary>
    private const int MaximumLabel = 63;
    private const int FirstPointer = 0xC0;

    /// <summary>Length of an encoded 16-byte NetBIOS name (RFC 1001 §14.1).</summary>
    private const int NetBiosLabelLength = 32;

    /// <summary>Removes a name from the front of <paramref name="rest"/>, the end of <paramref name="message"/>. A
    /// pointer ends the name and must point between header and name; it is not followed. Rejects control characters:
    /// allowed in theory, but only other protocols have them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ParseError Skip(ReadOnlySpan<byte> message, ref ReadOnlySpan<byte> rest)
    {
        // The root, as in EDNS records (RFC 6891 §6.1.2), is the most common name after the first.
        var (length, error) = (1, ParseError.None);
        if (rest is not [0, ..])
            error = Measure(rest, message.Length - rest.Length, out length);
        if (error == ParseError.None)
            rest = rest[length..];
        return error;
    }

    /// <summary>True when the first label has the length of an encoded NetBIOS name and does not begin like a service
    /// name.</summary>
    public static bool IsNetBios(ReadOnlySpan<byte> name) => name is [NetBiosLabelLength, not (byte)'_', ..];

    /// <summary>Length of a name including terminator or pointer, in bytes.</summary>
    /// <param name="name">The name and what follows it.</param>
    /// <param name="offset">Its offset in the message.</param>
    /// <param name="length">The length; undefined on error.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ParseError Measure(ReadOnlySpan<byte> name, int offset, out int length)
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
                return size == 0 ? ParseError.None : MeasurePointer(size, name[length..], offset, ref length);
            }

            if (HasControl(name[(at + 1)..], size))
                return ParseError.BadValue;
            at += 1 + size;
        }

        return ParseError.BadLength;
    }

    /// <summary>True when the present bytes of a label include a control character.</summary>
    private static bool HasControl(ReadOnlySpan<byte> octets, int size)
    {
        foreach (var octet in octets[..Math.Min(octets.Length, size)])
        {
            if (octet <= LastControl)
                return true;
        }

        return false;
    }

    private static ParseError MeasurePointer(int first, ReadOnlySpan<byte> rest, int offset, ref int length)
    {
        if (first < FirstPointer)
            return ParseError.BadValue;
        if (rest.IsEmpty)
            return ParseError.Incomplete;
        length++;
        var target = ((first & 0x3F) << 8) | rest[0];
        return target < DnsMessage.HeaderLength || target >= offset ? ParseError.BadValue : ParseError.None;
    }
}
