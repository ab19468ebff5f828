using System.Buffers.Text;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sip;

/// <summary>A SIP message (RFC 3261 §7), viewed in place: start line, fields by full or compact name (§7.3.3),
/// body.</summary>
internal ref struct SipMessage
{
    private StartLine _line;
    private SipFields _fields;
    private ReadOnlySpan<byte> _head;

    /// <summary>True when <paramref name="bytes"/> hold the start line and all fields. The body may be cut; excludes
    /// what follows it. Fills the large view in place.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SipMessage message, out ParseError error)
    {
        message = default;
        if (message.TryRead(bytes, out error))
            return true;
        message = default;
        return false;
    }

    /// <summary>Length of start line and fields including the empty line, in bytes.</summary>
    public int HeadLength { get; private set; }

    /// <summary>Length of the body; null when not stated: then the rest of a datagram (RFC 3261 §18.3).</summary>
    public int? ContentLength { get; private set; }

    /// <summary>The body present.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>True when the body is incomplete.</summary>
    public readonly bool IsCut => ContentLength > Body.Length;

    public readonly bool IsRequest => _line.IsRequest;

    /// <summary>The code of a response, 100 to 699; 0 for a request.</summary>
    public readonly int StatusCode => _line.StatusCode;

    /// <summary>Identifies the call (§8.1.1.4).</summary>
    public readonly ReadOnlySpan<byte> CallId => ValueOf(_fields.CallId);

    /// <summary>The sender's dialog tag, empty before there is one: in <c>From</c> of a request, in <c>To</c> of a
    /// response (§12).</summary>
    public readonly ReadOnlySpan<byte> SenderTag =>
        FieldParameters.Find(ValueOf(IsRequest ? _fields.From : _fields.To), "tag"u8);

    /// <summary>Method of the request, or the one answered (§8.1.1.5).</summary>
    public readonly ReadOnlySpan<byte> Method
    {
        get
        {
            if (IsRequest)
                return _line.Method;
            var sequence = Sequence;
            return sequence[(sequence.LastIndexOfAny((byte)' ', (byte)'\t') + 1)..];
        }
    }

    /// <summary>Number and method of the request, or the one answered (§8.1.1.5).</summary>
    public readonly ReadOnlySpan<byte> Sequence => ValueOf(_fields.Sequence);

    /// <summary>True when a proxy requests credentials (§20.27).</summary>
    public readonly bool AsksForProxyCredentials => !ValueOf(_fields.ProxyAuthenticate).IsEmpty;

    public readonly ReadOnlySpan<byte> ContentType => ValueOf(_fields.ContentType);

    /// <summary>True when the body is not compressed or otherwise encoded (§20.12).</summary>
    public readonly bool IsPlain =>
        ValueOf(_fields.ContentEncoding) is var encoding && (encoding.IsEmpty || Words.Same(encoding, "identity"u8));

    private bool TryRead(ReadOnlySpan<byte> bytes, out ParseError error)
    {
        if (!StartLine.TryParse(bytes, "SIP/2.0"u8, out _line, out error))
            return false;
        error = ParseError.Incomplete;
        _head = bytes[(bytes.IndexOf((byte)'\n') + 1)..];
        if (_head.Length == bytes.Length || !SipFields.TryParse(_head, out _fields, out var length, out error))
            return false;
        var told = ValueOf(_fields.ContentLength);
        if (!told.IsEmpty)
        {
            error = ParseError.BadValue;
            if (!Utf8Parser.TryParse(told, out int value, out var used) || used != told.Length || value < 0)
                return false;
            ContentLength = value;
        }

        var body = _head[length..];
        HeadLength = bytes.Length - body.Length;
        Body = body[..Math.Min(body.Length, ContentLength ?? body.Length)];
        error = ParseError.None;
        return true;
    }

    private readonly ReadOnlySpan<byte> ValueOf(Range field) => new MessageField(_head[field]).Value;
}
