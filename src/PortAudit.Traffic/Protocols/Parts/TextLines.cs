namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>
/// The lines of one direction of a text protocol, walked in place. Lines end in LF, with CR before it where the sender
/// keeps to the rule; what is neither text nor a line end (a TLS record behind STARTTLS, a body in binary) ends the
/// walk.
/// </summary>
internal ref struct TextLines
{
    /// <summary>Longest line, in bytes: what RFC 7162 §4 asks of IMAP servers. SMTP, NNTP and POP allow 512 to 998,
    /// SASL's answers more.</summary>
    public const int MaximumLineLength = 8192;

    /// <summary>Lines that are walked at most: the opening of a dialogue has a few dozen, a long notice before login
    /// included.</summary>
    public const int MaximumLines = 256;

    /// <summary>Type of a TLS handshake record (RFC 8446 §5.1): a control character with which no line
    /// begins.</summary>
    public const byte TlsHandshake = 0x16;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly CharacterClass _characters;
    private int _count;

    /// <summary>Starts at the first byte of lines of prose.</summary>
    public TextLines(ReadOnlySpan<byte> bytes)
        : this(bytes, Ascii.LineCharacters)
    {
    }

    /// <summary>Starts at the first byte of lines that are made of <paramref name="characters"/>.</summary>
    public TextLines(ReadOnlySpan<byte> bytes, CharacterClass characters)
    {
        _bytes = bytes;
        _characters = characters;
    }

    /// <summary>The current line without its end.</summary>
    public ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>Offset behind the end of the latest line, in bytes.</summary>
    public int End { get; private set; }

    /// <summary>What follows the latest line.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[End..];

    /// <summary>True when the walk met something that is no line of text.</summary>
    public bool IsForeign { get; private set; }

    /// <summary>Goes to the next whole line. False where the bytes end within a line, at something foreign, and behind
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
