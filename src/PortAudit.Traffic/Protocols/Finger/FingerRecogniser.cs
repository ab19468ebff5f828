using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Finger;

/// <summary>Recognises finger (RFC 1288) by common servers' reply about a user, or table of logged-in users. The query
/// is one line, possibly empty.</summary>
internal sealed class FingerRecogniser : QueryReplyRecogniser
{
    private static ReadOnlySpan<byte> Opening => "Login"u8;

    /// <inheritdoc />
    protected override bool MayBeAnswer(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.TrimStart("\r\n"u8);
        var length = Math.Min(text.Length, Opening.Length);
        return Words.Same(text[..length], Opening[..length]) && !new TextLines(text).MoveNext();
    }

    /// <inheritdoc />
    protected override bool IsAnswer(ReadOnlySpan<byte> bytes)
    {
        // The first line about a user has login and real name; a table begins with column names.
        var lines = new TextLines(bytes.TrimStart("\r\n"u8));
        if (!lines.MoveNext())
            return false;
        var line = lines.Line;
        var isUser = Words.Begins(line, "Login: "u8) || Words.Begins(line, "Login name: "u8);
        return (isUser && (Words.Occurs(line, "Name: "u8) || Words.Occurs(line, "In real life: "u8)))
            || (Words.Begins(line, "Login "u8) && Words.Occurs(line, " Name "u8) && Words.Occurs(line, " Idle "u8));
    }
}
