using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>
/// A walk over the fields of a message of the family of HTTP and mail, from the line behind its start line to the empty
/// line (RFC 3261 §7.3, RFC 7826 §5.2, RFC 2045 §3). A line that begins with a space or tab goes on with the one before
/// it; one without a colon is a field without a name. Each step takes at least a byte.
/// </summary>
internal ref struct MessageFields
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _linesLeft;

    /// <summary>Starts before the first field.</summary>
    /// <param name="bytes">What follows the start line.</param>
    /// <param name="maximumLines">Lines that are walked at most.</param>
    public MessageFields(ReadOnlySpan<byte> bytes, int maximumLines = int.MaxValue)
    {
        _bytes = bytes;
        _linesLeft = maximumLines;
    }

    /// <summary>Where the field stands that the walk is at.</summary>
    public Range Place { get; private set; }

    /// <summary>The field that the walk is at.</summary>
    public readonly MessageField Current => new(_bytes[Place]);

    /// <summary>What was walked over, in bytes.</summary>
    public int Length { get; private set; }

    /// <summary>Where the walk ended: <see cref="ParseError.None"/> behind the empty line,
    /// <see cref="ParseError.Incomplete"/> where the bytes end before it, <see cref="ParseError.BadLength"/> where it
    /// is too many lines away.</summary>
    public ParseError End { get; private set; }

    /// <summary>The walk itself.</summary>
    public readonly MessageFields GetEnumerator() => this;

    /// <summary>Goes to the next field. False behind the last one: <see cref="End"/> says why it is.</summary>
    public bool MoveNext()
    {
        var begin = Length;
        if (!TryTakeLine() || IsEmpty(_bytes[begin..Length]))
            return false;
        while (Length < _bytes.Length && _bytes[Length] is (byte)' ' or (byte)'\t' && TryTakeLine())
        {
        }

        Place = begin..Length;
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

/// <summary>A field of a message of the family of HTTP and mail with the lines that go on with it, viewed in
/// place.</summary>
internal readonly ref struct MessageField
{
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Makes the view of a field from its name on, with its line ends.</summary>
    public MessageField(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>The name, empty in a line without a colon.</summary>
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

    /// <summary>The value without the space around it. It may contain the line ends of a folded field.</summary>
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
