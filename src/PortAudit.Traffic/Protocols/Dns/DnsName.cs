using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Dns;

/// <summary>A domain name on the wire (RFC 1035 §3.1, §4.1.4).</summary>
internal static class DnsName
{
    /// <summary>Longest name, length bytes included (RFC 1035 §2.3.4); it bounds the walk over labels.</summary>
    public const int MaximumLength = 255;

    private const int PointerLength = 2;
    private const byte FirstPrintable = 0x20;

    /// <summary>Length of the one label into which the NetBIOS name service encodes a name of 16 bytes (RFC 1001 §14.1).</summary>
    private const int NetBiosLabelLength = 32;

    /// <summary>
    /// Takes a name off the front of <paramref name="rest"/>, which is the end of <paramref name="message"/>. A pointer ends the name
    /// and must point before it, behind the header; it is not followed. Control characters, legal in theory, are refused: no name
    /// that is looked up has them, other protocols' bytes do. A first label of the length of an encoded NetBIOS name makes
    /// <paramref name="isNetBios"/> true, unless it begins as the names of services do.
    /// </summary>
    public static ParseError Skip(ReadOnlySpan<byte> message, ref ReadOnlySpan<byte> rest, out bool isNetBios)
    {
        isNetBios = false;
        var name = rest;
        var length = 0;
        while (length < MaximumLength)
        {
            if (length >= name.Length)
                return ParseError.Incomplete;
            var size = name[length];
            if (size == 0)
            {
                rest = name[(length + 1)..];
                return ParseError.None;
            }

            if (size >= 0xC0)
                return SkipPointer(message, name, length, ref rest);
            if (size > 63)
                return ParseError.BadValue;
            var seen = name[(length + 1)..];
            seen = seen[..Math.Min(seen.Length, size)];
            if (HasControlCharacters(seen))
                return ParseError.BadValue;
            isNetBios |= length == 0 && size == NetBiosLabelLength && seen is not [(byte)'_', ..];
            length += 1 + size;
        }

        return ParseError.BadLength;
    }

    /// <summary>Labels are so short that it takes longer to call what searches many bytes at a time.</summary>
    private static bool HasControlCharacters(ReadOnlySpan<byte> label)
    {
        foreach (var letter in label)
        {
            if (letter < FirstPrintable)
                return true;
        }

        return false;
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
