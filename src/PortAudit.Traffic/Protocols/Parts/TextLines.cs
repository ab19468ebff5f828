namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Enumerates the lines of one direction of a text protocol in place. Lines end in LF, usually after CR; bytes
/// that are not text (a TLS record after STARTTLS, a binary body) end the enumeration.</summary>
internal ref struct TextLines
{
    /// <summary>Longest line, in bytes: RFC 7162 §4 requires it of IMAP servers. SMTP, NNTP and POP allow 512 to 998,
    /// SASL responses more.</summary>
    public const int MaximumLineLength = 8192;

    /// <summary>Lines read at most: the opening of a dialogue has a few dozen, including a long login notice.</summary>
    public const int MaximumLines = 256;

    /// <summary>Type of a TLS handshake record (RFC 8446 §5.1): a control character that begins no line.</summary>
    public const byte TlsHandshake = 0x16;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly CharacterClass _characters;
    private int _count;

    public TextLines(ReadOnlySpan<byte> bytes)
        : this(bytes, Ascii.LineCharacters)
    {
    }

    public TextLines(ReadOnlySpan<byte> bytes, CharacterClass characters)
    {
        _bytes = bytes;
        _characters = characters;
    }

    public ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>Offset after the latest line, in bytes.</summary>
    public int End { get; private set; }

    /// <summary>The bytes after the latest line.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[End..];

    /// <summary>True when bytes are not a line of text.</summary>
    public bool IsForeign { get; private set; }

    /// <summary>Moves to the next complete line. False at an incomplete line, at non-text, and after
    /// <see cref="MaximumLines"/>.</summary>
    public bool MoveNext()
    {
        var rest = Rest;
        if (IsForeign || rest.IsEmpty || _count == MaximumLines)
            return false;
        IsForeign = rest[0] == TlsHandshake;
        if (IsForeign)
            return false;
        var window = rest[..Math.Min(rest.Length, MaximumLineLength)];
        var length = window.IndexOfAnyExcept(_characters);
        var feed = length < 0 ? window.Length : window[length] == '\r' ? length + 1 : length;
        if (feed == window.Length)
        {
            IsForeign = window.Length == MaximumLineLength;
            return false;
        }

        IsForeign = window[feed] != '\n';
        if (IsForeign)
            return false;
        Line = window[..length];
        End += feed + 1;
        _count++;
        return true;
    }
}
