using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Enumerates the fields of an HTTP- or mail-like message, from after the start line to the empty line (RFC
/// 3261 §7.3, RFC 7826 §5.2, RFC 2045 §3). A line beginning with space or tab continues the previous one; one without a
/// colon is a field without a name. Each step consumes at least a byte.</summary>
internal ref struct MessageFields
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _linesLeft;

    /// <param name="bytes">The bytes after the start line.</param>
    /// <param name="maximumLines">Lines read at most.</param>
    public MessageFields(ReadOnlySpan<byte> bytes, int maximumLines = int.MaxValue)
    {
        _bytes = bytes;
        _linesLeft = maximumLines;
    }

    /// <summary>Range of the current field.</summary>
    public Range CurrentRange { get; private set; }

    public readonly MessageField Current => new(_bytes[CurrentRange]);

    /// <summary>Bytes read so far.</summary>
    public int Length { get; private set; }

    /// <summary>Why enumeration ended: <see cref="ParseError.None"/> after the empty line,
    /// <see cref="ParseError.Incomplete"/> at the end of the bytes, <see cref="ParseError.BadLength"/> after too many
    /// lines.</summary>
    public ParseError End { get; private set; }

    public readonly MessageFields GetEnumerator() => this;

    /// <summary>Moves to the next field. False after the last one: see <see cref="End"/>.</summary>
    public bool MoveNext()
    {
        var begin = Length;
        if (!TryTakeLine() || IsEmpty(_bytes[begin..Length]))
            return false;
        while (Length < _bytes.Length && _bytes[Length] is (byte)' ' or (byte)'\t' && TryTakeLine())
        {
        }

        CurrentRange = begin..Length;
        return true;
    }

    private bool TryTakeLine()
    {
        var feed = _linesLeft == 0 ? -1 : _bytes[Length..].IndexOf((byte)'\n');
        if (feed < 0)
        {
            End = _linesLeft == 0 ? ParseError.BadLength : ParseError.Incomplete;
            return false;
        }

        Length += feed + 1;
        _linesLeft--;
        return true;
    }

    private static bool IsEmpty(ReadOnlySpan<byte> line) =>
        line[0] is (byte)'\r' or (byte)'\n' && line[..^1].TrimEnd((byte)'\r').IsEmpty;
}

/// <summary>A field of an HTTP- or mail-like message with its continuation lines, viewed in place.</summary>
internal readonly ref struct MessageField
{
    private readonly ReadOnlySpan<byte> _bytes;

    public MessageField(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The name; empty in a line without a colon.</summary>
    public ReadOnlySpan<byte> Name
    {
        get
        {
            var end = Math.Max(0, _bytes.IndexOf((byte)':'));
            while (end > 0 && _bytes[end - 1] is (byte)' ' or (byte)'\t')
                end--;
            return _bytes[..end];
        }
    }

    /// <summary>The trimmed value. May contain the line ends of a folded field.</summary>
    public ReadOnlySpan<byte> Value
    {
        get
        {
            var (begin, end) = (_bytes.IndexOf((byte)':') + 1, _bytes.Length);
            while (end > begin && IsSpace(_bytes[end - 1]))
                end--;
            while (begin < end && IsSpace(_bytes[begin]))
                begin++;
            return _bytes[begin..end];
        }
    }

    private static bool IsSpace(byte octet) => octet is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
