using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sip;

/// <summary>Ranges of the relevant fields in a SIP message, found in one pass, by full or compact name (RFC 3261
/// §7.3.3). The first field of a name counts; a missing one has an empty range.</summary>
internal struct SipFields
{
    private Range _callId;
    private Range _sequence;
    private Range _from;
    private Range _to;
    private Range _contentLength;
    private Range _contentType;
    private Range _contentEncoding;
    private Range _proxyAuthenticate;

    /// <summary><c>Call-ID</c> (§20.8).</summary>
    public readonly Range CallId => _callId;

    /// <summary><c>CSeq</c> (§20.16).</summary>
    public readonly Range Sequence => _sequence;

    /// <summary><c>From</c> (§20.20).</summary>
    public readonly Range From => _from;

    /// <summary><c>To</c> (§20.39).</summary>
    public readonly Range To => _to;

    /// <summary><c>Content-Length</c> (§20.14).</summary>
    public readonly Range ContentLength => _contentLength;

    /// <summary><c>Content-Type</c> (§20.15).</summary>
    public readonly Range ContentType => _contentType;

    /// <summary><c>Content-Encoding</c> (§20.12).</summary>
    public readonly Range ContentEncoding => _contentEncoding;

    /// <summary><c>Proxy-Authenticate</c> (§20.27).</summary>
    public readonly Range ProxyAuthenticate => _proxyAuthenticate;

    /// <summary>Finds the fields after a start line, up to the empty line. <see cref="ParseError.Incomplete"/> while
    /// that is missing, <see cref="ParseError.BadLength"/> after too many lines.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SipFields fields, out int length, out ParseError error)
    {
        fields = default;
        var walk = new MessageFields(bytes, MessageHead.MaximumLines);
        while (walk.MoveNext())
        {
            // The first letter excludes most other fields.
            if (MayBegin(bytes[walk.CurrentRange.Start.Value]))
                fields.Keep(walk.Current.Name, walk.CurrentRange);
        }

        length = walk.Length;
        error = walk.End;
        return error == ParseError.None;
    }

    private static bool MayBegin(byte letter) => (letter | 0x20) is 'c' or 'e' or 'f' or 'i' or 'l' or 'p' or 't';

    private void Keep(ReadOnlySpan<byte> name, Range range)
    {
        if (Is(name, "Call-ID"u8, "i"u8))
            KeepFirst(ref _callId, range);
        else if (Words.Same(name, "CSeq"u8))
            KeepFirst(ref _sequence, range);
        else if (Is(name, "From"u8, "f"u8))
            KeepFirst(ref _from, range);
        else if (Is(name, "To"u8, "t"u8))
            KeepFirst(ref _to, range);
        else if (Is(name, "Content-Length"u8, "l"u8))
            KeepFirst(ref _contentLength, range);
        else if (Is(name, "Content-Type"u8, "c"u8))
            KeepFirst(ref _contentType, range);
        else if (Is(name, "Content-Encoding"u8, "e"u8))
            KeepFirst(ref _contentEncoding, range);
        else if (Words.Same(name, "Proxy-Authenticate"u8))
            KeepFirst(ref _proxyAuthenticate, range);
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> full, ReadOnlySpan<byte> compact) =>
        Words.Same(name, full) || Words.Same(name, compact);

    private static void KeepFirst(ref Range kept, Range range)
    {
        if (kept.End.Value == 0)
            kept = range;
    }
}
