using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.OncRpc;

/// <summary>Head of an ONC RPC message, version 2 (RFC 5531 §9), viewed in place: a call up to its credentials, a reply
/// up to its result. The rest may be cut.</summary>
internal readonly ref struct RpcMessage
{
    /// <summary>Length of a call's head including flavour and length of its credentials, in bytes.</summary>
    public const int CallHeadLength = 32;

    /// <summary>Length of the shortest reply, in bytes.</summary>
    public const int LeastReplyLength = 20;

    /// <summary>Longest credentials and verifiers (RFC 5531 §8.2).</summary>
    public const int MaximumOpaqueLength = 400;

    private const uint Call = 0;
    private const uint Reply = 1;
    private const uint RpcVersion = 2;
    private const int AcceptedHeadLength = 24;
    private const uint Accepted = 0;
    private const uint Success = 0;

    /// <summary>Program versions start at 0 or 1 and stay small, as do procedures.</summary>
    private const uint GreatestVersion = 255;
    private const uint GreatestProcedure = 1023;

    private readonly ReadOnlySpan<byte> _bytes;

    private RpcMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold the head of a call or reply. Bytes that agree so far are
    /// <see cref="ParseError.Incomplete"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RpcMessage message, out ParseError error)
    {
        message = default;
        error = Check(bytes);
        if (error != ParseError.None)
            return false;
        message = new RpcMessage(bytes);
        return true;
    }

    /// <summary>False for bytes that do not begin with a complete number and message type.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes) => bytes.Length >= 8 && Word(bytes, 1) is Call or Reply;

    /// <summary>The caller's number, repeated in the reply.</summary>
    public uint TransactionId => Word(_bytes, 0);

    /// <summary>True for a call.</summary>
    public bool IsCall => Word(_bytes, 1) == Call;

    /// <summary>Program called; 0 in a reply.</summary>
    public uint Program => IsCall ? Word(_bytes, 3) : 0;

    /// <summary>Program version called; 0 in a reply.</summary>
    public uint Version => IsCall ? Word(_bytes, 4) : 0;

    /// <summary>Procedure called; 0 in a reply.</summary>
    public uint Procedure => IsCall ? Word(_bytes, 5) : 0;

    /// <summary>Arguments of a call after credentials and verifier, or results of a successful reply, as far as
    /// present.</summary>
    public ReadOnlySpan<byte> Body
    {
        get
        {
            if (IsCall)
                return AfterOpaque(AfterOpaque(_bytes[24..]));
            if (Word(_bytes, 2) != Accepted)
                return default;
            var result = AfterOpaque(_bytes[12..]);
            return Word(result, 0) == Success ? result[4..] : default;
        }
    }

    /// <summary>The bytes after a flavour, a length and that many bytes.</summary>
    private static ReadOnlySpan<byte> AfterOpaque(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 8 ? default : bytes[(int)Math.Min((uint)bytes.Length, 8UL + Word(bytes, 1))..];

    private static ParseError Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8)
            return bytes.Length < 5 || !bytes[4..].ContainsAnyExcept((byte)0)
                ? ParseError.Incomplete
                : ParseError.BadValue;
        return Word(bytes, 1) switch
        {
            Call => CheckCall(bytes),
            Reply => CheckReply(bytes),
            _ => ParseError.BadValue,
        };
    }

    private static ParseError CheckCall(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 12 && Word(bytes, 2) != RpcVersion)
            return ParseError.BadVersion;
        if (bytes.Length >= 24
            && (Word(bytes, 3) == 0 || Word(bytes, 4) > GreatestVersion || Word(bytes, 5) > GreatestProcedure))
            return ParseError.BadValue;
        if (bytes.Length < CallHeadLength)
            return ParseError.Incomplete;
        return IsOpaque(bytes, 6) ? ParseError.None : ParseError.BadValue;
    }

    private static ParseError CheckReply(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= 12 && Word(bytes, 2) > 1)
            return ParseError.BadValue;
        if (bytes.Length < LeastReplyLength)
            return ParseError.Incomplete;
        return Word(bytes, 2) == Accepted ? CheckAccepted(bytes) : CheckDenied(bytes);
    }

    /// <summary>Verifier, then one of the six results (RFC 5531 §9).</summary>
    private static ParseError CheckAccepted(ReadOnlySpan<byte> bytes)
    {
        if (!IsOpaque(bytes, 3))
            return ParseError.BadValue;
        var resultAt = AcceptedHeadLength - 4 + (int)Word(bytes, 4);
        if (bytes.Length < resultAt + 4)
            return ParseError.Incomplete;
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[resultAt..]) <= 5 ? ParseError.None : ParseError.BadValue;
    }

    /// <summary>An RPC version mismatch (supports 2), or credentials refused for one of 14 reasons.</summary>
    private static ParseError CheckDenied(ReadOnlySpan<byte> bytes) => Word(bytes, 3) switch
    {
        0 => Word(bytes, 4) <= RpcVersion ? ParseError.None : ParseError.BadValue,
        1 => Word(bytes, 4) is > 0 and <= 14 ? ParseError.None : ParseError.BadValue,
        _ => ParseError.BadValue,
    };

    /// <summary>Flavour and length of credentials or a verifier: none, system, short, Diffie-Hellman, Kerberos 4, RSA,
    /// GSS, and GSS pseudo flavours.</summary>
    private static bool IsOpaque(ReadOnlySpan<byte> bytes, int word)
    {
        var (flavour, length) = (Word(bytes, word), Word(bytes, word + 1));
        return flavour is <= 7 or (>= 300_000 and <= 400_200) && length <= MaximumOpaqueLength && length % 4 == 0
            && (flavour != 0 || length == 0);
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int word) =>
        BinaryPrimitives.ReadUInt32BigEndian(bytes[(word * 4)..]);
}
