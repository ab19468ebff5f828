using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>
/// The fields of a message of the family of HTTP and mail, from the line behind its start line to the empty line,
/// viewed in place (RFC 7826 §5.2, RFC 2045 §3): <see cref="MessageFields"/> walks over them.
/// </summary>
internal readonly ref struct MessageHead
{
    /// <summary>Lines that are looked through at most.</summary>
    public const int MaximumLines = 256;

    private readonly ReadOnlySpan<byte> _bytes;

    private MessageHead(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Length with the empty line, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>
    /// Finds the empty line that ends the fields; there may be none before it. <see cref="ParseError.Incomplete"/>
    /// while it is not there, <see cref="ParseError.BadLength"/> behind too many lines.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MessageHead head, out ParseError error)
    {
        var fields = new MessageFields(bytes, MaximumLines);
        while (fields.MoveNext())
        {
            // The walk itself is the search.
        }

        error = fields.End;
        head = error == ParseError.None ? new MessageHead(bytes[..fields.Length]) : default;
        return error == ParseError.None;
    }

    /// <summary>Fields that no empty line ends; a last line without an end is left out.</summary>
    public static MessageHead OfLines(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>The value of the first field of a name, without the space around it, empty when there is none. It may
    /// contain the line ends of a folded field.</summary>
    /// <param name="name">The field's name, compared without regard to case.</param>
    /// <param name="compact">The compact form of the name (RFC 3261 §7.3.3), empty where there is none.</param>
    public ReadOnlySpan<byte> Field(ReadOnlySpan<byte> name, ReadOnlySpan<byte> compact = default)
    {
        foreach (var field in new MessageFields(_bytes))
        {
            if (Words.Same(field.Name, name) || (!compact.IsEmpty && Words.Same(field.Name, compact)))
                return field.Value;
        }

        return [];
    }
}
