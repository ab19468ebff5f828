using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.Finger;

/// <summary>
/// Recognises finger (RFC 1288) by the answer that its usual servers give about a user, or their table of those logged
/// in. The question is one line, which may be empty.
/// </summary>
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
        // The first line about a user has the login and the real name; that of the table names its columns.
        var lines = new TextLines(bytes.TrimStart("\r\n"u8));
        if (!lines.MoveNext())
            return false;
        var line = lines.Line;
        var isUser = Words.Begins(line, "Login: "u8) || Words.Begins(line, "Login name: "u8);
        return (isUser && (Words.Occurs(line, "Name: "u8) || Words.Occurs(line, "In real life: "u8)))
            || (Words.Begins(line, "Login "u8) && Words.Occurs(line, " Name "u8) && Words.Occurs(line, " Idle "u8));
    }
}
