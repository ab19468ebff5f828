using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Body of a request or response PDU (C706 §12.6.4.9, §12.6.4.10), viewed in place: one fragment of a call's
/// stub data.</summary>
internal readonly ref struct DceRpcCall
{
    /// <summary>Bytes before the stub data, or before a request's object UUID: allocation hint, presentation context,
    /// operation number.</summary>
    public const int HeaderLength = 8;

    private const int ObjectLength = 16;

    /// <summary>Offset of the padding length in the verifier's trailer ([MS-RPCE] 2.2.2.11).</summary>
    private const int PaddingOffset = 2;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _isLittleEndian;

    private DceRpcCall(ReadOnlySpan<byte> bytes, bool isLittleEndian, ReadOnlySpan<byte> stub)
    {
        _bytes = bytes;
        _isLittleEndian = isLittleEndian;
        Stub = stub;
    }

    /// <summary>True when <paramref name="pdu"/> is of one of the two types with its header present. Stub data may be
    /// cut.</summary>
    public static bool TryParse(DceRpcPdu pdu, out DceRpcCall call, out ParseError error)
    {
        call = default;
        error = ParseError.BadValue;
        if (pdu.Type is not (DceRpcPduType.Request or DceRpcPduType.Response))
            return false;
        error = ParseError.Incomplete;
        var body = pdu.Body;
        var start = HeaderLength + (pdu.Type == DceRpcPduType.Request && pdu.HasObject ? ObjectLength : 0);
        if (body.Length < start)
            return false;
        error = ParseError.BadLength;
        var behind = pdu.Verifier.IsEmpty ? 0 : pdu.Verifier.Length + pdu.Verifier[PaddingOffset];
        if (body.Length < start + behind)
            return false;
        call = new DceRpcCall(body, pdu.IsLittleEndian, body[start..^behind]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Identifier of the presentation context.</summary>
    public ushort ContextId => UInt16(_bytes[4..]);

    /// <summary>Number of the operation within its interface; requests only.</summary>
    public ushort Operation => UInt16(_bytes[6..]);

    /// <summary>The fragment's stub data, without the padding before a verifier.</summary>
    public ReadOnlySpan<byte> Stub { get; }

    private ushort UInt16(ReadOnlySpan<byte> bytes) =>
        _isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
