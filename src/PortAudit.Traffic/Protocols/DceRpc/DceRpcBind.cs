using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Body of a bind or alter_context PDU (C706 §12.6.4.1, §12.6.4.3), viewed in place: the interfaces requested
/// by a client.</summary>
internal readonly ref struct DceRpcBind
{
    /// <summary>Bytes before the first presentation context: fragment sizes, association group, number of
    /// contexts.</summary>
    public const int HeaderLength = 12;

    /// <summary>Presentation contexts read at most: clients send one to three, capability probes up to a few
    /// dozen.</summary>
    public const int MaximumContexts = 64;

    /// <summary>A context before its transfer syntaxes: identifier, their count, and the abstract syntax (UUID and
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

    /// <summary>True when <paramref name="pdu"/> is of one of the two types with its header present. Contexts may be
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

    /// <summary>Name of the first requested interface known to <see cref="RpcInterfaces"/>; null without one. The
    /// pseudo-syntax of bind-time feature negotiation ([MS-RPCE] 2.2.2.14) is among the transfer syntaxes, which are
    /// skipped.</summary>
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

    /// <summary>Enumerates the presentation contexts, at most <see cref="MaximumContexts"/>.</summary>
    public ref struct Contexts
    {
        private readonly bool _isLittleEndian;
        private ReadOnlySpan<byte> _rest;
        private ReadOnlySpan<byte> _syntaxes;
        private int _left;

        public Contexts(DceRpcBind bind)
        {
            _isLittleEndian = bind._isLittleEndian;
            _rest = bind._bytes[HeaderLength..];
            _left = Math.Min(bind.ContextCount, MaximumContexts);
        }

        /// <summary>Reads a context; false at the end, or when it is cut.</summary>
        /// <param name="id">Its identifier, used by calls.</param>
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

        /// <summary>True when the last context read offers a transfer syntax.</summary>
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
