using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols;

/// <summary>
/// The fields of a message of the family of HTTP and mail, from the line behind its start line to the empty line, viewed in place (RFC 3261 §7.3, RFC 7826 §5.2, RFC 2045 §3).
/// A line that begins with a space or tab goes on with the field before it.
/// </summary>
internal readonly ref struct MessageHead
{
    /// <summary>Lines that are looked through at most.</summary>
    private const int MaximumLines = 256;

    private readonly ReadOnlySpan<byte> _bytes;

    private MessageHead(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Length with the empty line, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>
    /// Finds the empty line that ends the fields; there may be none before it. <see cref="ParseError.Incomplete"/> while it is not there, <see cref="ParseError.BadLength"/> behind too many lines.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MessageHead head, out ParseError error)
    {
        head = default;
        var rest = bytes;
        for (var i = 0; i < MaximumLines; i++)
        {
            error = ParseError.Incomplete;
            if (!TryTakeLine(ref rest, out var line))
                return false;
            if (!line.IsEmpty)
                continue;
            head = new MessageHead(bytes[..^rest.Length]);
            error = ParseError.None;
            return true;
        }

        error = ParseError.BadLength;
        return false;
    }

    /// <summary>Fields that no empty line ends; a last line without an end is left out.</summary>
    public static MessageHead OfLines(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>The value of the first field of a name, without the space around it, empty when there is none. It may contain the line ends of a folded field.</summary>
    /// <param name="name">The field's name, compared without regard to case.</param>
    /// <param name="compact">The compact form of the name (RFC 3261 §7.3.3), empty where there is none.</param>
    public ReadOnlySpan<byte> Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> compact = default)
    {
        var rest = _bytes;
        while (true)
        {
            var field = rest;
            if (!TryTakeLine(ref rest, out var line))
                return [];
            var colon = line.IndexOf((byte)':');
            if (colon < 0 || !IsNamed(line[..colon].TrimEnd(" \t"u8), name, compact))
                continue;
            while (!rest.IsEmpty && rest[0] is (byte)' ' or (byte)'\t' && TryTakeLine(ref rest, out _))
            {
            }

            return field[(colon + 1)..^rest.Length].Trim(" \t\r\n"u8);
        }
    }

    private static bool IsNamed(ReadOnlySpan<byte> word, ReadOnlySpan<byte> name, ReadOnlySpan<byte> compact) =>
        Words.Same(word, name) || (!compact.IsEmpty && Words.Same(word, compact));

    /// <summary>Takes a whole line, without its end.</summary>
    private static bool TryTakeLine(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        line = default;
        var feed = rest.IndexOf((byte)'\n');
        if (feed < 0)
            return false;
        line = rest[..feed].TrimEnd((byte)'\r');
        rest = rest[(feed + 1)..];
        return true;
    }
}
