namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Enumerates the complete parts of a <c>multipart</c> body (RFC 2046 §5.1.1) in place.</summary>
internal ref struct MultipartBody
{
    /// <summary>Parts read at most.</summary>
    public const int MaximumParts = 16;

    /// <summary>Longest boundary (RFC 2046 §5.1.1).</summary>
    private const int MaximumBoundaryLength = 70;

    private readonly ReadOnlySpan<byte> _boundary;
    private ReadOnlySpan<byte> _rest;
    private int _count;

    /// <param name="body">The body.</param>
    /// <param name="boundary">Parameter <c>boundary</c> of its type; empty gives no parts.</param>
    public MultipartBody(ReadOnlySpan<byte> body, ReadOnlySpan<byte> boundary)
    {
        _boundary = boundary;
        var hasParts =
            boundary.Length is > 0 and <= MaximumBoundaryLength && TryFindDelimiter(body, boundary, out _, out body);
        _rest = hasParts ? body : [];
    }

    /// <summary>The fields of the current part.</summary>
    public MessageHead Head { get; private set; }

    /// <summary>Its content.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    public bool MoveNext()
    {
        if (_count++ == MaximumParts || !TryFindDelimiter(_rest, _boundary, out var part, out _rest))
            return false;
        var hasHead = MessageHead.TryParse(part, out var head, out _);
        Head = head;
        Content = hasHead ? part[head.Length..] : [];
        return true;
    }

    /// <summary>Finds the next line beginning with two hyphens and the boundary. The line end before it belongs to the
    /// delimiter.</summary>
    private static bool TryFindDelimiter(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> boundary,
        out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> after)
    {
        before = default;
        after = default;
        for (var at = 0; at < bytes.Length;)
        {
            var line = bytes[at..];
            var feed = line.IndexOf((byte)'\n');
            if (line.StartsWith("--"u8) && line[2..].StartsWith(boundary))
            {
                before = bytes[..at];
                after = feed < 0 ? [] : line[(feed + 1)..];
                return true;
            }

            if (feed < 0)
                return false;
            at += feed + 1;
        }

        return false;
    }
}
