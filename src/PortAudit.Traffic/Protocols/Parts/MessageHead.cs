using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>The fields of an HTTP- or mail-like message, from after the start line to the empty line, viewed in place
/// (RFC 7826 §5.2, RFC 2045 §3); enumerated by <see cref="MessageFields"/>.</summary>
internal readonly ref struct MessageHead
{
    /// <summary>Lines read at most.</summary>
    public const int MaximumLines = 256;

    private readonly ReadOnlySpan<byte> _bytes;

    private MessageHead(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Length including the empty line, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Finds the empty line after the fields, if any. <see cref="ParseError.Incomplete"/> when missing so far,
    /// <see cref="ParseError.BadLength"/> after too many lines.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out MessageHead head, out ParseError error)
    {
        var fields = new MessageFields(bytes, MaximumLines);
        while (fields.MoveNext())
        {
            // Enumeration finds the end.
        }

        error = fields.End;
        head = error == ParseError.None ? new MessageHead(bytes[..fields.Length]) : default;
        return error == ParseError.None;
    }

    /// <summary>Fields without a final empty line; excludes a last incomplete line.</summary>
    public static MessageHead OfLines(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>The trimmed value of the first field with a name; empty without one. May contain the line ends of a
    /// folded field.</summary>
    /// <param name="name">The field's name; case is ignored.</param>
    /// <param name="compact">Its compact form (RFC 3261 §7.3.3); empty without one.</param>
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
