using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Simple;

/// <summary>Date formats of daytime servers (two of RFC 867; Unix, Windows and NIST have their own), for one
/// line.</summary>
internal static class DateForm
{
    /// <summary>Longest line of a date, in bytes: NIST's has 50.</summary>
    public const int MaximumLength = 64;

    /// <summary>Pattern: one or more letters.</summary>
    private const byte Letters = (byte)'A';

    /// <summary>Pattern: one to six digits.</summary>
    private const byte Digits = (byte)'9';

    private const int MaximumDigits = 6;

    private static ReadOnlySpan<byte> Months => "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"u8;

    private static ReadOnlySpan<byte> Days => "Mon Tue Wed Thu Fri Sat Sun"u8;

    /// <summary>True for a line, without its end, consisting of a date and time.</summary>
    public static bool Fits(ReadOnlySpan<byte> line) =>
        line.Length <= MaximumLength && (FitsWithNames(line)
        || Fits(line, "9 9-9-9 9:9:9 9 9 9 9.9 A(A) *"u8)
        || Fits(line, "9:9:9 9/9/9"u8)
        || Fits(line, "9:9:9 A 9/9/9"u8)
        || Fits(line, "9-9-9 9:9:9"u8));

    private static bool FitsWithNames(ReadOnlySpan<byte> line) =>
        HasMonth(line) && (Fits(line, "A A 9 9:9:9 9"u8)
        || Fits(line, "A A 9 9:9:9 A 9"u8)
        || Fits(line, "A, A 9, 9 9:9:9-A"u8)
        || Fits(line, "A, A 9, 9 9:9:9 A"u8)
        || Fits(line, "A, 9 A 9 9:9:9 A"u8)
        || Fits(line, "9 A 9 9:9:9 A"u8)
        || Fits(line, "9 A 9 9:9:9"u8));

    /// <summary>True when the first or second word is a month or weekday.</summary>
    private static bool HasMonth(ReadOnlySpan<byte> line)
    {
        var start = line.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (start < 0)
            return false;
        var word = line[start..].TrimStart((byte)' ');
        return word.Length >= 3 && (Words.Holds(Months, word[..3]) || Words.Holds(Days, word[..3]));
    }

    private static bool Fits(ReadOnlySpan<byte> line, ReadOnlySpan<byte> form)
    {
        foreach (var sign in form)
        {
            var length = sign switch
            {
                Letters => LengthOfLetters(line),
                Digits => Math.Min(LengthOf(line, (byte)'0', (byte)'9'), MaximumDigits),
                (byte)' ' => LengthOf(line, (byte)' ', (byte)' '),
                _ => !line.IsEmpty && line[0] == sign ? 1 : 0,
            };
            if (length == 0)
                return false;
            line = line[length..];
        }

        return line.TrimEnd((byte)' ').IsEmpty;
    }

    private static int LengthOf(ReadOnlySpan<byte> line, byte first, byte last)
    {
        var length = line.IndexOfAnyExceptInRange(first, last);
        return length < 0 ? line.Length : length;
    }

    private static int LengthOfLetters(ReadOnlySpan<byte> line)
    {
        var length = 0;
        while (length < line.Length && char.IsAsciiLetter((char)line[length]))
            length++;
        return length;
    }
}
