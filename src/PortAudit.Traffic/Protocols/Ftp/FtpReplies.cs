using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Ftp;

/// <summary>Replies unique to FTP: by format, if RFC 959 §4.2.2 or RFC 2428 §3 fixes one; else by code and words that
/// servers copied from the standard.</summary>
internal static class FtpReplies
{
    /// <summary>True when a reply is unique to FTP.</summary>
    public static bool AreItsOwn(ReplyLine reply)
    {
        var text = reply.Text;
        return reply.Code[0] switch
        {
            (byte)'1' => IsPreliminary(reply, text),
            (byte)'2' => IsCompletion(reply, text),
            (byte)'3' => IsIntermediate(reply, text),
            (byte)'5' => reply.Is("530"u8) && (Words.Occurs(text, "logged in"u8) || Words.Begins(text, "Login "u8)
                || Words.Occurs(text, "USER and PASS"u8)),
            _ => false,
        };
    }

    private static bool IsPreliminary(ReplyLine reply, ReadOnlySpan<byte> text) =>
        (reply.Is("150"u8) || reply.Is("125"u8)) && (Words.Occurs(text, "data connection"u8)
            || Words.Occurs(text, "mode data"u8) || Words.Occurs(text, "directory listing"u8));

    private static bool IsCompletion(ReplyLine reply, ReadOnlySpan<byte> text)
    {
        if (reply.Is("200"u8))
            return Words.Begins(text, "Type set to "u8) || Words.Begins(text, "PORT command"u8)
                || Words.Begins(text, "EPRT command"u8) || Words.Begins(text, "Switching to "u8);
        if (reply.Is("211"u8))
            return Words.Begins(text, "Features"u8) || Words.Begins(text, "Extensions supported"u8)
                || Words.Begins(text, "Extended features"u8);
        if (reply.Is("215"u8))
            return Words.Begins(text, "UNIX Type"u8) || Words.Begins(text, "Windows_NT"u8);
        if (reply.Is("226"u8))
            return Words.Occurs(text, "transfer complete"u8) || Words.Occurs(text, "directory send ok"u8)
                || Words.Occurs(text, "file send ok"u8) || Words.Occurs(text, "successfully transferred"u8);
        if (reply.Is("227"u8))
            return FtpAddress.TryFindSixNumbers(text, out _, out _);
        if (reply.Is("229"u8))
            return text.IndexOf("(|||"u8) >= 0;
        if (reply.Is("230"u8))
            return Words.Occurs(text, "logged in"u8) || Words.Occurs(text, "login successful"u8)
                || Words.Occurs(text, "ftp"u8) || Words.Occurs(text, "access granted"u8);
        return reply.Is("257"u8) && text.Length > 2 && text[0] == '"' && text[1..].Contains((byte)'"');
    }

    private static bool IsIntermediate(ReplyLine reply, ReadOnlySpan<byte> text) =>
        (reply.Is("331"u8) && Words.Occurs(text, "password"u8))
        || (reply.Is("350"u8) && Words.Occurs(text, "restart"u8));
}
