namespace PortAudit.Traffic.Protocols;

/// <summary>
/// A line of a reply with a code of three digits, as FTP, SMTP and NNTP have it (RFC 959 §4.2, RFC 5321 §4.2, RFC 3977 §3.2). A hyphen behind the code says that
/// more lines follow.
/// </summary>
internal readonly ref struct ReplyLine
{
    /// <summary>Digits of the code.</summary>
    public const int CodeLength = 3;

    private ReplyLine(ReadOnlySpan<byte> line)
    {
        Code = line[..CodeLength];
        HasMore = line.Length > CodeLength && line[CodeLength] == '-';
        Text = line.Length > CodeLength ? line[(CodeLength + 1)..] : [];
    }

    /// <summary>The code: three digits, the first 1 to 5, the second 0 to 8.</summary>
    public ReadOnlySpan<byte> Code { get; }

    /// <summary>True when it is not the last line of its reply.</summary>
    public bool HasMore { get; }

    /// <summary>What stands behind the code.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Reads a line without its end. False when it does not begin with a code.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ReplyLine reply)
    {
        reply = default;
        if (line.Length < CodeLength || !MayBegin(line))
            return false;
        reply = new ReplyLine(line);
        return true;
    }

    /// <summary>True when bytes agree with a reply as far as they go.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes) =>
        (bytes.Length < 1 || bytes[0] is >= (byte)'1' and <= (byte)'5')
        && (bytes.Length < 2 || bytes[1] is >= (byte)'0' and <= (byte)'8')
        && (bytes.Length < 3 || char.IsAsciiDigit((char)bytes[2]))
        && (bytes.Length <= CodeLength || bytes[CodeLength] is (byte)' ' or (byte)'-');

    /// <summary>True when the code is this one.</summary>
    public bool Is(ReadOnlySpan<byte> code) => Code.SequenceEqual(code);
}
