using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>A connection-oriented DCE/RPC PDU (C706 §12.6, [MS-RPCE] 2.2.2), viewed in place: common header and
/// body.</summary>
internal readonly ref struct DceRpcPdu
{
    /// <summary>Length of the common header (C706 §12.6.3.1), in bytes.</summary>
    public const int HeaderLength = 16;

    private const byte MajorVersion = 5;
    private const byte LastMinorVersion = 1;

    /// <summary>PFC_FIRST_FRAG and PFC_LAST_FRAG. A middle fragment has neither; from a big-endian sender (rare) it is
    /// not accepted, as zeros and small numbers of other protocols look the same.</summary>
    private const byte FirstFragment = 0x01;
    private const byte LastFragment = 0x02;

    /// <summary>PFC_RESERVED_1 of C706 §12.6.3.1: never set.</summary>
    private const byte ReservedFlag = 0x08;

    /// <summary>PFC_OBJECT_UUID.</summary>
    private const byte ObjectUuid = 0x80;

    /// <summary>RPC_C_AUTHN_LEVEL_PKT_PRIVACY.</summary>
    private const byte PrivacyLevel = 6;

    /// <summary>RPC_C_AUTHN_NETLOGON ([MS-RPCE] 2.2.1.1.7).</summary>
    private const byte NetlogonType = 0x44;

    /// <summary>The verifier's trailer before its value ([MS-RPCE] 2.2.2.11).</summary>
    private const int AuthTrailerLength = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private DceRpcPdu(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> begin with a common header of consistent version, type, label and
    /// lengths. The body may be cut; excludes what follows the PDU.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out DceRpcPdu pdu, out ParseError error)
    {
        pdu = default;
        error = CheckStart(bytes);
        if (error != ParseError.None)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var candidate = new DceRpcPdu(bytes);
        error = ParseError.BadLength;
        if (candidate.FragmentLength < LeastLengthOf(candidate.Type) || (candidate.AuthLength > 0
            && candidate.AuthLength + AuthTrailerLength + HeaderLength > candidate.FragmentLength))
            return false;
        pdu = new DceRpcPdu(bytes[..Math.Min(bytes.Length, candidate.FragmentLength)]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Offset, at least 1, where the next PDU may begin: at a possibly incomplete common header; else the
    /// length of the bytes. False hits are rare, as seven of its sixteen bytes are nearly fixed.</summary>
    public static int FindNext(ReadOnlySpan<byte> bytes)
    {
        for (var at = 1; at < bytes.Length; at++)
        {
            var distance = bytes[at..].IndexOf(MajorVersion);
            if (distance < 0)
                break;
            at += distance;
            if (TryParse(bytes[at..], out _, out var error) || error == ParseError.Incomplete)
                return at;
        }

        return bytes.Length;
    }

    /// <summary>Type of the PDU.</summary>
    public DceRpcPduType Type => (DceRpcPduType)_bytes[2];

    /// <summary>True when numbers are little-endian.</summary>
    public bool IsLittleEndian => DceRpcDataRepresentation.IsLittleEndian(_bytes[4]);

    /// <summary>Length of this fragment including header and verifier, in bytes.</summary>
    public int FragmentLength => UInt16(_bytes[8..]);

    /// <summary>Length of the verifier's value, in bytes; 0 without one.</summary>
    public int AuthLength => UInt16(_bytes[10..]);

    /// <summary>Identifies fragments, request and response of a call.</summary>
    public uint CallId => IsLittleEndian
        ? BinaryPrimitives.ReadUInt32LittleEndian(_bytes[12..])
        : BinaryPrimitives.ReadUInt32BigEndian(_bytes[12..]);

    /// <summary>True for the first fragment of a request or response.</summary>
    public bool IsFirstFragment => (_bytes[3] & FirstFragment) != 0;

    /// <summary>True for the last fragment.</summary>
    public bool IsLastFragment => (_bytes[3] & LastFragment) != 0;

    /// <summary>True when a request has an object UUID, in 16 bytes before its stub data.</summary>
    public bool HasObject => (_bytes[3] & ObjectUuid) != 0;

    /// <summary>True when the stub data is encrypted: RPC_C_AUTHN_LEVEL_PKT_PRIVACY ([MS-RPCE] 2.2.1.1.8). False also
    /// when the verifier is cut.</summary>
    public bool IsSealed => Verifier is [_, PrivacyLevel, ..];

    /// <summary>True when protected by a domain member's secure channel ([MS-NRPC] 3.3). False also when the verifier
    /// is cut.</summary>
    public bool IsOfNetlogonChannel => Verifier is [NetlogonType, ..];

    /// <summary>The verifier with its trailer ([MS-RPCE] 2.2.2.11): type, level, padding length …; empty without one or
    /// when cut.</summary>
    public ReadOnlySpan<byte> Verifier =>
        AuthLength == 0 || IsCut ? default : _bytes[^(AuthLength + AuthTrailerLength)..];

    /// <summary>The captured bytes after the common header.</summary>
    public ReadOnlySpan<byte> Body => _bytes[HeaderLength..];

    /// <summary>True when the header announces more than was captured.</summary>
    public bool IsCut => _bytes.Length < FragmentLength;

    /// <summary>Checks as much of the header as is present; <see cref="ParseError.None"/> when consistent.</summary>
    private static ParseError CheckStart(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return ParseError.Incomplete;
        if (bytes[0] != MajorVersion || (bytes.Length > 1 && bytes[1] > LastMinorVersion))
            return ParseError.BadVersion;
        if (bytes.Length > 2 && LeastLengthOf((DceRpcPduType)bytes[2]) == 0)
            return ParseError.BadValue;
        if (bytes.Length > 3 && (bytes[3] & ReservedFlag) != 0)
            return ParseError.BadValue;
        if (bytes.Length > 4 && bytes[4] == 0 && (bytes[3] & (FirstFragment | LastFragment)) == 0)
            return ParseError.BadValue;
        return bytes.Length >= 8 && (bytes[7] != 0 || !DceRpcDataRepresentation.IsKnown(bytes[4..]))
            ? ParseError.BadValue
            : ParseError.None;
    }

    /// <summary>Smallest length of each type (C706 §12.6.4, [MS-RPCH] 2.2.3.6.1); 0 for types not used over
    /// connections.</summary>
    private static int LeastLengthOf(DceRpcPduType type) => type switch
    {
        DceRpcPduType.Request or DceRpcPduType.Response or DceRpcPduType.Fault => 24,
        DceRpcPduType.Bind or DceRpcPduType.AlterContext => 28,
        DceRpcPduType.BindAcknowledgement or DceRpcPduType.AlterContextResponse => 26,
        DceRpcPduType.BindRefusal => 18,
        DceRpcPduType.RequestToSend => 20,
        DceRpcPduType.Authentication3 or DceRpcPduType.Shutdown or DceRpcPduType.ConnectionOrientedCancel
        or DceRpcPduType.Orphaned => HeaderLength,
        _ => 0,
    };

    private ushort UInt16(ReadOnlySpan<byte> bytes) =>
        IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
