using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>The body of a bind_ack or alter_context_resp PDU (C706 §12.6.4.2, §12.6.4.4), viewed in place.</summary>
internal readonly ref struct DceRpcBindAcknowledgement
{
    /// <summary>Bytes before the text of the secondary address: fragment sizes, association group, text
    /// length.</summary>
    public const int HeaderLength = 10;

    private const int ResultsHeaderLength = 4;
    private const int ResultLength = 24;
    private const int UuidLength = 16;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isLittleEndian;

    private DceRpcBindAcknowledgement(ReadOnlySpan<byte> bytes, bool isLittleEndian)
    {
        _bytes = bytes;
        _isLittleEndian = isLittleEndian;
    }

    /// <summary>True when <paramref name="pdu"/> is of one of the two types with the whole secondary address
    /// present.</summary>
    public static bool TryParse(DceRpcPdu pdu, out DceRpcBindAcknowledgement acknowledgement, out ParseError error)
    {
        acknowledgement = default;
        error = ParseError.BadValue;
        if (pdu.Type is not (DceRpcPduType.BindAcknowledgement or DceRpcPduType.AlterContextResponse))
            return false;
        error = ParseError.Incomplete;
        if (pdu.Body.Length < HeaderLength)
            return false;
        var candidate = new DceRpcBindAcknowledgement(pdu.Body, pdu.IsLittleEndian);
        if (pdu.Body.Length < HeaderLength + candidate.SecondaryAddressLength)
        {
            error = pdu.IsCut ? ParseError.Incomplete : ParseError.BadLength;
            return false;
        }

        acknowledgement = candidate;
        error = ParseError.None;
        return true;
    }

    /// <summary>Identifier of the association group that the server chose.</summary>
    public uint AssociationGroup => _isLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes[4..])
        : BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>The server's address in ASCII without NUL terminator (omitted by some servers): the port in digits over
    /// TCP, <c>\PIPE\name</c> over SMB, usually empty in alter_context_resp.</summary>
    public ReadOnlySpan<byte> SecondaryAddress
    {
        get
        {
            var text = _bytes.Slice(HeaderLength, SecondaryAddressLength);
            return text is [.., 0] ? text[..^1] : text;
        }
    }

    /// <summary>Number of results, one per context of the bind, in order; 0 when cut.</summary>
    public int ResultCount =>
        Results.IsEmpty ? 0 : Math.Min(Results[0], (Results.Length - ResultsHeaderLength) / ResultLength);

    /// <summary>The server's result for a context (C706 §12.6.3.1, p_result_t).</summary>
    /// <param name="index">Index of the context in the bind, below <see cref="ResultCount"/>.</param>
    /// <param name="syntax">The transfer syntax to use.</param>
    /// <returns>True when accepted. A negotiate_ack of bind-time features ([MS-RPCE] 2.2.2.4) accepts
    /// nothing.</returns>
    public bool Accepts(int index, out Guid syntax)
    {
        var result = Results.Slice(ResultsHeaderLength + index * ResultLength, ResultLength);
        syntax = new Guid(result.Slice(4, UuidLength), !_isLittleEndian);
        return result is [0, 0, ..];
    }

    /// <summary>The bytes from the number of results, aligned to 4 in the PDU, whose common header has 16
    /// bytes.</summary>
    private ReadOnlySpan<byte> Results
    {
        get
        {
            var start = (HeaderLength + SecondaryAddressLength + 3) & ~3;
            return _bytes.Length < start + ResultsHeaderLength ? default : _bytes[start..];
        }
    }

    private int SecondaryAddressLength => _isLittleEndian
        ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes[8..])
        : BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]);
}
