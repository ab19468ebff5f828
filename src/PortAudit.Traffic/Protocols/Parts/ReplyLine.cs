namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>A reply line with a three-digit code, as in FTP, SMTP and NNTP (RFC 959 §4.2, RFC 5321 §4.2, RFC 3977
/// §3.2). A hyphen after the code means that more lines follow.</summary>
internal readonly ref struct ReplyLine
{
    public const int CodeLength = 3;

    private ReplyLine(ReadOnlySpan<byte> line)
    {
        Code = line[..CodeLength];
        HasMore = line.Length > CodeLength && line[CodeLength] == '-';
        Text = line.Length > CodeLength ? line[(CodeLength + 1)..] : [];
    }

    /// <summary>The code: three digits, the first 1 to 5, the second 0 to 8.</summary>
    public ReadOnlySpan<byte> Code { get; }

    public bool HasMore { get; }

    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Parses a line without its end. False when it does not begin with a code.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ReplyLine reply)
    {
        reply = default;
        if (line.Length < CodeLength || !MayBegin(line))
            return false;
        reply = new ReplyLine(line);
        return true;
    }

    /// <summary>True when an incomplete line may be a reply.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes) =>
        (bytes.Length < 1 || bytes[0] is >= (byte)'1' and <= (byte)'5')
        && (bytes.Length < 2 || bytes[1] is >= (byte)'0' and <= (byte)'8')
        && (bytes.Length < 3 || char.IsAsciiDigit((char)bytes[2]))
        && (bytes.Length <= CodeLength || bytes[CodeLength] is (byte)' ' or (byte)'-');

    /// <summary>The line's answer to a command: none when work continues (1yz of RFC 959 §4.2) or for a greeting (220
    /// of RFC 5321 §4.2 and RFC 959 §5.4, 200 and 201 of RFC 3977 §5.1); 4yz and 5yz refuse. Other lines, and all but
    /// the last of a reply, are parts.</summary>
    public static ServerAnswer AnswerOf(ReadOnlySpan<byte> line, bool mayGreet, bool hasPreliminary)
    {
        if (!TryParse(line, out var reply) || reply.HasMore)
            return ServerAnswer.Part;
        if (hasPreliminary && reply.Code[0] == '1')
            return ServerAnswer.None;
        if (mayGreet && (reply.Is("220"u8) || reply.Is("200"u8) || reply.Is("201"u8)))
            return ServerAnswer.None;
        return reply.Code[0] is (byte)'4' or (byte)'5' ? ServerAnswer.Refusal : ServerAnswer.Consent;
    }

    public bool Is(ReadOnlySpan<byte> code) => Code.SequenceEqual(code);
}
