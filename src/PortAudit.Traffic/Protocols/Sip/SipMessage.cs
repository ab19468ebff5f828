using System.Buffers.Text;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Sip;

/// <summary>A SIP message (RFC 3261 §7), viewed in place: start line, fields under their full or compact names (§7.3.3), body.</summary>
internal readonly ref struct SipMessage
{
    private readonly StartLine _line;
    private readonly SipFields _fields;
    private readonly ReadOnlySpan<byte> _head;
    private readonly ReadOnlySpan<byte> _body;

    private SipMessage(StartLine line, ReadOnlySpan<byte> head, scoped in SipFields fields, int headLength, ReadOnlySpan<byte> body, int? contentLength)
    {
        _line = line;
        _head = head;
        _fields = fields;
        HeadLength = headLength;
        _body = body;
        ContentLength = contentLength;
    }

    /// <summary>True when <paramref name="bytes"/> hold the start line and all fields. The body may be cut; what follows it is left out.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SipMessage message, out ParseError error)
    {
        message = default;
        if (!StartLine.TryParse(bytes, "SIP/2.0"u8, out var line, out error))
            return false;
        error = ParseError.Incomplete;
        var head = bytes[(bytes.IndexOf((byte)'\n') + 1)..];
        if (head.Length == bytes.Length || !SipFields.TryParse(head, out var fields, out var length, out error))
            return false;
        var told = new MessageField(head[fields.ContentLength]).Value;
        int? contentLength = null;
        if (!told.IsEmpty)
        {
            error = ParseError.BadValue;
            if (!Utf8Parser.TryParse(told, out int value, out var used) || used != told.Length || value < 0)
                return false;
            contentLength = value;
        }

        var body = head[length..];
        message = new SipMessage(line, head, fields, bytes.Length - body.Length, body[..Math.Min(body.Length, contentLength ?? body.Length)], contentLength);
        error = ParseError.None;
        return true;
    }

    /// <summary>Length of start line and fields with the empty line, in bytes.</summary>
    public int HeadLength { get; }

    /// <summary>Length of the body as told, in bytes; null where it is not: a datagram then is all body (RFC 3261 §18.3).</summary>
    public int? ContentLength { get; }

    /// <summary>The body as far as it is there.</summary>
    public ReadOnlySpan<byte> Body => _body;

    /// <summary>True when more body was told than is there.</summary>
    public bool IsCut => ContentLength > _body.Length;

    /// <summary>True for a request.</summary>
    public bool IsRequest => _line.IsRequest;

    /// <summary>The code of a response, 100 to 699; 0 for a request.</summary>
    public int StatusCode => _line.StatusCode;

    /// <summary>What tells the call (§8.1.1.4).</summary>
    public ReadOnlySpan<byte> CallId => ValueOf(_fields.CallId);

    /// <summary>The tag by which the dialog knows the sender, empty when it has none yet: in <c>From</c> of a request, in <c>To</c> of a response (§12).</summary>
    public ReadOnlySpan<byte> SenderTag => FieldParameters.Find(ValueOf(IsRequest ? _fields.From : _fields.To), "tag"u8);

    /// <summary>The method that it is or answers (§8.1.1.5).</summary>
    public ReadOnlySpan<byte> Method
    {
        get
        {
            if (IsRequest)
                return _line.Method;
            var sequence = ValueOf(_fields.Sequence);
            return sequence[(sequence.LastIndexOfAny((byte)' ', (byte)'\t') + 1)..];
        }
    }

    /// <summary>True when a proxy asks for credentials (§20.27).</summary>
    public bool AsksForProxyCredentials => !ValueOf(_fields.ProxyAuthenticate).IsEmpty;

    /// <summary>Type of the body with its parameters.</summary>
    public ReadOnlySpan<byte> ContentType => ValueOf(_fields.ContentType);

    /// <summary>True when the body is as it was written: neither compressed nor encoded otherwise (§20.12).</summary>
    public bool IsPlain => ValueOf(_fields.ContentEncoding) is var encoding && (encoding.IsEmpty || Words.Same(encoding, "identity"u8));

    private ReadOnlySpan<byte> ValueOf(Range field) => new MessageField(_head[field]).Value;
}
