namespace PortAudit.Traffic.Protocols.Ftp;

/// <summary>The forms in which FTP writes an address and a port.</summary>
internal static class FtpAddress
{
    private const int Numbers = 6;

    /// <summary>True for <c>h1,h2,h3,h4,p1,p2</c> (RFC 959 §4.1.2), each 0 to 255.</summary>
    public static bool IsSixNumbers(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var range in text.Split((byte)','))
        {
            var number = text[range].Trim((byte)' ');
            if (++count > Numbers || number.Length > 3 || !Words.IsNumber(number) || (number.Length == 3 && number.SequenceCompareTo("255"u8) > 0))
                return false;
        }

        return count == Numbers;
    }

    /// <summary>True for <c>|1|132.235.1.2|6275|</c> with any delimiter (RFC 2428 §2).</summary>
    public static bool IsExtended(ReadOnlySpan<byte> text) =>
        text.Length > 4 && text[0] == text[2] && text[0] == text[^1] && !char.IsAsciiLetterOrDigit((char)text[0]) && text[1] is (byte)'1' or (byte)'2';
}
