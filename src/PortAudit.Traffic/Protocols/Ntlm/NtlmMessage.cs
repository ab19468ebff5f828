using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Ntlm;

/// <summary>An NTLM message ([MS-NLMP] 2.2.1), viewed in place as far as needed for computer names.</summary>
internal readonly ref struct NtlmMessage
{
    private const int HeaderLength = 12;
    private const uint ChallengeType = 2;
    private const uint AuthenticateType = 3;

    /// <summary>Length, capacity and offset of a field in the payload.</summary>
    private const int FieldLength = 8;
    private const int NtResponseField = 20;
    private const int TargetInfoField = 40;
    private const int WorkstationField = 44;
    private const int AuthenticateFlags = 60;
    private const uint NegotiateUnicode = 0x0000_0001;
    private const uint NegotiateExtendedSessionSecurity = 0x0008_0000;

    /// <summary>Length of NTLM_RESPONSE (2.2.2.6); NTLMv2_RESPONSE (2.2.2.8) has at least 44.</summary>
    private const int FirstResponseLength = 24;

    private const int PairHead = 4;

    /// <summary>Challenge attributes read at most; eleven are defined (2.2.2.1).</summary>
    private const int MaximumPairs = 32;

    private readonly ReadOnlySpan<byte> _bytes;

    private NtlmMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Signature of every message.</summary>
    public static ReadOnlySpan<byte> Signature => "NTLMSSP\0"u8;

    /// <summary>True when <paramref name="bytes"/> begin with signature and type. Bytes after the message are
    /// ignored.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out NtlmMessage message, out ParseError error)
    {
        message = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if (!bytes.StartsWith(Signature))
            return false;
        message = new NtlmMessage(bytes);
        error = ParseError.None;
        return true;
    }

    /// <summary>CHALLENGE_MESSAGE (2.2.1.2), from the server.</summary>
    public bool IsChallenge => Type == ChallengeType;

    /// <summary>AUTHENTICATE_MESSAGE (2.2.1.3), from the client.</summary>
    public bool IsAuthenticate => Type == AuthenticateType;

    /// <summary>True when an AUTHENTICATE_MESSAGE has an NTLMv1 response (2.2.2.6), by its length.</summary>
    public bool HasFirstResponse => _bytes.Length >= NtResponseField + FieldLength
        && BinaryPrimitives.ReadUInt16LittleEndian(_bytes[NtResponseField..]) == FirstResponseLength;

    /// <summary>True when an AUTHENTICATE_MESSAGE uses extended session security: both sides contribute to the
    /// challenge (NTLMSSP_NEGOTIATE_EXTENDED_SESSIONSECURITY, 2.2.2.5).</summary>
    public bool HasExtendedSessionSecurity => HasFlag(NegotiateExtendedSessionSecurity);

    /// <summary>True when an AUTHENTICATE_MESSAGE has UTF-16 names; else they use the computer's code page.</summary>
    public bool IsUnicode => _bytes.Length < AuthenticateFlags + 4 || HasFlag(NegotiateUnicode);

    /// <summary>The client's computer name in an AUTHENTICATE_MESSAGE; empty when missing.</summary>
    public ReadOnlySpan<byte> Workstation => Field(WorkstationField);

    private bool HasFlag(uint flag) => _bytes.Length >= AuthenticateFlags + 4
        && (BinaryPrimitives.ReadUInt32LittleEndian(_bytes[AuthenticateFlags..]) & flag) != 0;

    private uint Type => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[Signature.Length..]);

    /// <summary>A CHALLENGE_MESSAGE attribute by identifier, in UTF-16; empty without it.</summary>
    public ReadOnlySpan<byte> FindAttribute(ushort identifier)
    {
        var rest = Field(TargetInfoField);
        for (var i = 0; i < MaximumPairs && rest.Length >= PairHead; i++)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
            var value = rest[PairHead..];
            if (value.Length < length)
                return default;
            if (BinaryPrimitives.ReadUInt16LittleEndian(rest) == identifier)
                return value[..length];
            rest = value[length..];
        }

        return default;
    }

    private ReadOnlySpan<byte> Field(int at)
    {
        if (_bytes.Length < at + FieldLength)
            return default;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(_bytes[at..]);
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(_bytes[(at + 4)..]);
        return offset + (long)length <= _bytes.Length ? _bytes.Slice((int)offset, length) : default;
    }
}
