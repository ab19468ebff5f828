using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.ProxyHeader;

/// <summary>A PROXY protocol header, version 1 (HAProxy, proxy-protocol.txt §2.1): a text line with both endpoints of
/// the proxied connection.</summary>
/// <param name="TotalLength">Length including the line end, in bytes.</param>
internal readonly record struct ProxyHeaderLine(int TotalLength)
{
    /// <summary>Longest line including its end, in bytes (proxy-protocol.txt §2.1).</summary>
    public const int MaximumLength = 107;

    private const int MaximumPort = 65535;
    private const int LongestPort = 5;

    private static ReadOnlySpan<byte> Word => "PROXY "u8;

    /// <summary>True when <paramref name="bytes"/> begin with a complete line; <see cref="ParseError.Incomplete"/>
    /// while they agree.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out ProxyHeaderLine header, out ParseError error)
    {
        header = default;
        error = ParseError.BadValue;
        var common = bytes.CommonPrefixLength(Word);
        if (common < Word.Length)
        {
            error = common == bytes.Length ? ParseError.Incomplete : ParseError.BadValue;
            return false;
        }

        var window = bytes[..Math.Min(bytes.Length, MaximumLength)];
        var end = window.IndexOf("\r\n"u8);
        if (end < 0)
        {
            var isText = !window.TrimEnd((byte)'\r').ContainsAnyExcept(Ascii.LineCharacters);
            error = !isText
                ? ParseError.BadValue
                : window.Length < MaximumLength ? ParseError.Incomplete : ParseError.BadLength;
            return false;
        }

        if (!IsSound(window[Word.Length..end]))
            return false;
        header = new ProxyHeaderLine(end + 2);
        error = ParseError.None;
        return true;
    }

    /// <summary>Family, both addresses, both ports; after <c>UNKNOWN</c> anything.</summary>
    private static bool IsSound(ReadOnlySpan<byte> line)
    {
        var family = Words.Take(ref line);
        if (family.SequenceEqual("UNKNOWN"u8))
            return !line.ContainsAnyExcept(Ascii.LineCharacters);
        var isIpv4 = family.SequenceEqual("TCP4"u8);
        if (!isIpv4 && !family.SequenceEqual("TCP6"u8))
            return false;
        return IsAddress(Words.Take(ref line), isIpv4) && IsAddress(Words.Take(ref line), isIpv4)
            && IsPort(Words.Take(ref line)) && IsPort(Words.Take(ref line)) && line.IsEmpty;
    }

    private static bool IsAddress(ReadOnlySpan<byte> word, bool isIpv4)
    {
        if (!word.Contains(isIpv4 ? (byte)'.' : (byte)':'))
            return false;
        foreach (var character in word)
        {
            var isSound = isIpv4
                ? char.IsAsciiDigit((char)character) || character == '.'
                : char.IsAsciiHexDigit((char)character) || character is (byte)':' or (byte)'.';
            if (!isSound)
                return false;
        }

        return true;
    }

    private static bool IsPort(ReadOnlySpan<byte> word)
    {
        if (word.Length > LongestPort || !Words.IsNumber(word))
            return false;
        var port = 0;
        foreach (var digit in word)
            port = (port * 10) + (digit - '0');
        return port <= MaximumPort;
    }
}
