namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>
/// A line of a reply with a code of three digits, as FTP, SMTP and NNTP have it (RFC 959 §4.2, RFC 5321 §4.2, RFC 3977
/// §3.2). A hyphen behind the code says that more lines follow.
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

    /// <summary>
    /// What the line answers to a command: nothing where it only says that the work goes on (1yz of RFC 959 §4.2), and
    /// where a server greets (220 of RFC 5321 §4.2 and RFC 959 §5.4, 200 and 201 of RFC 3977 §5.1). 4yz and 5yz refuse.
    /// What is no such line, or not the last of its reply, is a part.
    /// </summary>
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

    /// <summary>True when the code is this one.</summary>
    public bool Is(ReadOnlySpan<byte> code) => Code.SequenceEqual(code);
}
