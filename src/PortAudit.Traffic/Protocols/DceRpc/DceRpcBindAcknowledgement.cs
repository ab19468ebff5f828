using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>The body of a bind_ack or alter_context_resp PDU (C706 §12.6.4.2, §12.6.4.4), viewed in place.</summary>
internal readonly ref struct DceRpcBindAcknowledgement
{
    /// <summary>Bytes before the text of the secondary address: fragment sizes, association group, and the text's length.</summary>
    public const int HeaderLength = 10;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isLittleEndian;

    private DceRpcBindAcknowledgement(ReadOnlySpan<byte> bytes, bool isLittleEndian)
    {
        _bytes = bytes;
        _isLittleEndian = isLittleEndian;
    }

    /// <summary>True when <paramref name="pdu"/> is of one of the two types and the whole secondary address is there.</summary>
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
    public uint AssociationGroup => _isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes[4..]) : BinaryPrimitives.ReadUInt32BigEndian(_bytes[4..]);

    /// <summary>
    /// Where the server is reached, in ASCII without the closing NUL (which some servers leave out): its port in digits over TCP, <c>\PIPE\name</c> over SMB,
    /// mostly nothing in alter_context_resp.
    /// </summary>
    public ReadOnlySpan<byte> SecondaryAddress
    {
        get
        {
            var text = _bytes.Slice(HeaderLength, SecondaryAddressLength);
            return text is [.., 0] ? text[..^1] : text;
        }
    }

    private int SecondaryAddressLength => _isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(_bytes[8..]) : BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]);
}
