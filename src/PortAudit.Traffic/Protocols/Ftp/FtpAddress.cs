using System.Buffers.Text;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ftp;

/// <summary>FTP's notations of address and port.</summary>
internal static class FtpAddress
{
    private const int Numbers = 6;

    /// <summary>True for <c>h1,h2,h3,h4,p1,p2</c> (RFC 959 §4.1.2), each 0 to 255.</summary>
    public static bool IsSixNumbers(ReadOnlySpan<byte> text) => TryParseSixNumbers(text, out _, out _);

    /// <summary>True for <c>|1|132.235.1.2|6275|</c> with any delimiter (RFC 2428 §2).</summary>
    public static bool IsExtended(ReadOnlySpan<byte> text) =>
        text.Length > 4 && text[0] == text[2] && text[0] == text[^1] && !char.IsAsciiLetterOrDigit((char)text[0])
        && text[1] is (byte)'1' or (byte)'2';

    /// <summary>The endpoint in brackets, or after the last space: servers format reply 227 in many ways (RFC 1123
    /// §4.1.2.6).</summary>
    public static bool TryFindSixNumbers(ReadOnlySpan<byte> text, out IpAddress address, out ushort port)
    {
        var open = text.IndexOf((byte)'(');
        if (open < 0)
            return TryParseSixNumbers(text[(text.TrimEnd(" ."u8).LastIndexOf((byte)' ') + 1)..].TrimEnd(" ."u8),
                out address, out port);
        (address, port) = (default, 0);
        var length = text[open..].IndexOf((byte)')') - 1;
        return length > 0 && TryParseSixNumbers(text.Slice(open + 1, length), out address, out port);
    }

    /// <summary>The port in reply 229, in brackets between four delimiters: <c>(|||6446|)</c> (RFC 2428 §3).</summary>
    public static bool TryFindPort(ReadOnlySpan<byte> text, out ushort port)
    {
        port = 0;
        var open = text.LastIndexOf((byte)'(');
        var length = open < 0 ? -1 : text[open..].IndexOf((byte)')') - 1;
        if (length < 5)
            return false;
        var form = text.Slice(open + 1, length);
        return form[0] == form[1] && form[0] == form[2] && form[0] == form[^1]
            && TryParseNumber(form[3..^1], ushort.MaxValue, out port);
    }

    /// <summary>The endpoint in an <c>EPRT</c> argument: family, address and port between delimiters (RFC 2428
    /// §2).</summary>
    public static bool TryParseExtended(ReadOnlySpan<byte> text, out IpAddress address, out ushort port)
    {
        (address, port) = (default, 0);
        if (!IsExtended(text))
            return false;
        var rest = text[3..^1];
        var parting = rest.IndexOf(text[0]);
        return parting >= 0 && IpAddress.TryParse(rest[..parting], out address)
            && TryParseNumber(rest[(parting + 1)..], ushort.MaxValue, out port);
    }

    private static bool TryParseSixNumbers(ReadOnlySpan<byte> text, out IpAddress address, out ushort port)
    {
        (address, port) = (default, 0);
        var value = 0ul;
        var count = 0;
        foreach (var range in text.Split((byte)','))
        {
            if (++count > Numbers || !TryParseNumber(text[range].Trim((byte)' '), byte.MaxValue, out var number))
                return false;
            value = (value << 8) | number;
        }

        (address, port) = (IpAddress.FromIpv4((uint)(value >> 16)), (ushort)value);
        return count == Numbers;
    }

    private static bool TryParseNumber(ReadOnlySpan<byte> text, ushort largest, out ushort number) =>
        Utf8Parser.TryParse(text, out number, out var length) && length == text.Length && Words.IsNumber(text)
        && number <= largest;
}
