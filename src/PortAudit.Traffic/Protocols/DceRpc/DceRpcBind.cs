using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>The body of a bind or alter_context PDU (C706 §12.6.4.1, §12.6.4.3), viewed in place: the interfaces that a client asks for.</summary>
internal readonly ref struct DceRpcBind
{
    /// <summary>Bytes before the first presentation context: fragment sizes, association group, number of contexts.</summary>
    public const int HeaderLength = 12;

    /// <summary>Presentation contexts that are read at most: clients send one to three, capability probes up to a few dozen.</summary>
    public const int MaximumContexts = 64;

    /// <summary>A context before its transfer syntaxes: identifier, their number, and the abstract syntax (UUID and version).</summary>
    private const int ContextLength = 24;
    private const int SyntaxLength = 20;
    private const int UuidLength = 16;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isLittleEndian;

    private DceRpcBind(ReadOnlySpan<byte> bytes, bool isLittleEndian)
    {
        _bytes = bytes;
        _isLittleEndian = isLittleEndian;
    }

    /// <summary>True when <paramref name="pdu"/> is of one of the two types and its header is there. Contexts may be cut.</summary>
    public static bool TryParse(DceRpcPdu pdu, out DceRpcBind bind, out ParseError error)
    {
        bind = default;
        error = ParseError.BadValue;
        if (pdu.Type is not (DceRpcPduType.Bind or DceRpcPduType.AlterContext))
            return false;
        error = ParseError.Incomplete;
        if (pdu.Body.Length < HeaderLength)
            return false;
        bind = new DceRpcBind(pdu.Body, pdu.IsLittleEndian);
        error = ParseError.None;
        return true;
    }

    /// <summary>Number of presentation contexts.</summary>
    public int ContextCount => _bytes[8];

    /// <summary>
    /// The name of the first interface asked for that has one in <see cref="RpcInterfaces"/>, null when none has. The pseudo-syntax of bind-time feature
    /// negotiation ([MS-RPCE] 2.2.2.14) stands among the transfer syntaxes, which are passed over.
    /// </summary>
    public string? FindInterface()
    {
        var rest = _bytes[HeaderLength..];
        var count = Math.Min(ContextCount, MaximumContexts);
        for (var i = 0; i < count && rest.Length >= ContextLength; i++)
        {
            if (RpcInterfaces.Find(rest.Slice(4, UuidLength), _isLittleEndian) is { } name)
                return name;
            rest = rest[Math.Min(rest.Length, ContextLength + rest[2] * SyntaxLength)..];
        }

        return null;
    }
}
