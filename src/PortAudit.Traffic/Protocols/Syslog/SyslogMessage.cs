using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Syslog;

/// <summary>The start of a syslog message: priority in angle brackets, then the version of RFC 5424 §6.2 or the
/// timestamp of RFC 3164 §4.1.2.</summary>
/// <param name="HasHeader">True when a version or timestamp follows the priority; non-conforming senders continue with
/// text.</param>
/// <param name="HeaderLength">Bytes examined, before the rest of the message.</param>
internal readonly record struct SyslogMessage(bool HasHeader, int HeaderLength)
{
    /// <summary>Facility 23, severity 7 (RFC 5424 §6.2.1).</summary>
    private const int LastPriority = 191;

    /// <summary>Length of the priority with brackets: <c>&lt;191&gt;</c>.</summary>
    private const int LongestPriority = 5;

    /// <summary><c>Mmm dd hh:mm:ss</c>.</summary>
    private const int StampLength = 15;

    /// <summary>Version and the start of a timestamp <c>yyyy-</c> or the nil value.</summary>
    private const int NewStampLength = 7;

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    /// <summary>True when <paramref name="bytes"/> begin with a priority and what follows it is present.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, bool isWhole, out SyslogMessage message, out ParseError error)
    {
        message = default;
        if (!TryTakePriority(bytes, out var length, out error))
            return false;
        var rest = bytes[length..];
        if (IsNewStamp(rest))
            message = new SyslogMessage(true, length + NewStampLength);
        else if (IsStamp(rest))
            message = new SyslogMessage(true, length + StampLength);
        else
            message = new SyslogMessage(false, length);
        error = message.HasHeader || isWhole || rest.Length >= StampLength ? ParseError.None : ParseError.Incomplete;
        return error == ParseError.None;
    }

    private static bool TryTakePriority(ReadOnlySpan<byte> bytes, out int length, out ParseError error)
    {
        length = 0;
        error = ParseError.BadValue;
        if (bytes.Length > 0 && bytes[0] != '<')
            return false;
        var value = 0;
        for (var i = 1; i < Math.Min(bytes.Length, LongestPriority); i++)
        {
            var digit = bytes[i] - '0';
            if (bytes[i] == '>' && i > 1 && value <= LastPriority)
            {
                length = i + 1;
                error = ParseError.None;
                return true;
            }

            // Priorities have no leading zero (RFC 5424 §6.2.1).
            if (digit is < 0 or > 9 || (i > 1 && value == 0))
                return false;
            value = value * 10 + digit;
        }

        error = bytes.Length < LongestPriority ? ParseError.Incomplete : ParseError.BadValue;
        return false;
    }

    private static bool IsNewStamp(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 4 || rest[0] is < (byte)'1' or > (byte)'9' || rest[1] != ' ')
            return false;
        if (rest[2] == '-')
            return rest[3] == ' ';
        return rest.Length >= NewStampLength && !rest[2..6].ContainsAnyExceptInRange((byte)'0', (byte)'9')
            && rest[6] == '-';
    }

    private static bool IsStamp(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < StampLength || Months.IndexOf(rest[..3]) % 3 != 0)
            return false;
        return rest[3] == ' ' && rest[6] == ' ' && rest[9] == ':' && rest[12] == ':' && char.IsAsciiDigit((char)rest[5])
            && char.IsAsciiDigit((char)rest[8]);
    }
}
