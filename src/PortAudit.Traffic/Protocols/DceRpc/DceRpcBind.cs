using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>The body of a bind or alter_context PDU (C706 §12.6.4.1, §12.6.4.3), viewed in place: the interfaces that a
/// client asks for.</summary>
internal readonly ref struct DceRpcBind
{
    /// <summary>Bytes before the first presentation context: fragment sizes, association group, number of
    /// contexts.</summary>
    public const int HeaderLength = 12;

    /// <summary>Presentation contexts that are read at most: clients send one to three, capability probes up to a few
    /// dozen.</summary>
    public const int MaximumContexts = 64;

    /// <summary>A context before its transfer syntaxes: identifier, their number, and the abstract syntax (UUID and
    /// version).</summary>
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

    /// <summary>True when <paramref name="pdu"/> is of one of the two types and its header is there. Contexts may be
    /// cut.</summary>
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
    /// The name of the first interface asked for that has one in <see cref="RpcInterfaces"/>, null when none has. The
    /// pseudo-syntax of bind-time feature negotiation ([MS-RPCE] 2.2.2.14) stands among the transfer syntaxes, which
    /// are passed over.
    /// </summary>
    public string? FindInterface()
    {
        var contexts = new Contexts(this);
        while (contexts.TryRead(out _, out var uuid))
        {
            if (RpcInterfaces.Find(uuid) is { } name)
                return name;
        }

        return null;
    }

    /// <summary>Reads the presentation contexts one after another, at most <see cref="MaximumContexts"/>.</summary>
    public ref struct Contexts
    {
        private readonly bool _isLittleEndian;
        private ReadOnlySpan<byte> _rest;
        private ReadOnlySpan<byte> _syntaxes;
        private int _left;

        /// <summary>Begins with the first context.</summary>
        public Contexts(DceRpcBind bind)
        {
            _isLittleEndian = bind._isLittleEndian;
            _rest = bind._bytes[HeaderLength..];
            _left = Math.Min(bind.ContextCount, MaximumContexts);
        }

        /// <summary>Reads a context; false when there is no other, or when it was cut.</summary>
        /// <param name="id">Its identifier, by which calls name it.</param>
        /// <param name="uuid">Its interface.</param>
        public bool TryRead(out ushort id, out Guid uuid)
        {
            (id, uuid) = (0, default);
            if (_left == 0 || _rest.Length < ContextLength)
                return false;
            _left--;
            id = _isLittleEndian
                ? BinaryPrimitives.ReadUInt16LittleEndian(_rest)
                : BinaryPrimitives.ReadUInt16BigEndian(_rest);
            uuid = new Guid(_rest.Slice(4, UuidLength), !_isLittleEndian);
            var length = Math.Min(_rest.Length, ContextLength + _rest[2] * SyntaxLength);
            _syntaxes = _rest[ContextLength..length];
            _rest = _rest[length..];
            return true;
        }

        /// <summary>True when the context that was read last offers a transfer syntax.</summary>
        public readonly bool Offers(Guid syntax)
        {
            for (var rest = _syntaxes; rest.Length >= SyntaxLength; rest = rest[SyntaxLength..])
            {
                if (new Guid(rest[..UuidLength], !_isLittleEndian) == syntax)
                    return true;
            }

            return false;
        }
    }
}
