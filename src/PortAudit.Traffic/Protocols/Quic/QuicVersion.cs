namespace PortAudit.Traffic.Protocols.Quic;

/// <summary>QUIC versions in use (IANA "QUIC Versions", and those deployed before it).</summary>
internal static class QuicVersion
{
    /// <summary>Longest connection id in all these versions, in bytes (RFC 9000 §17.2).</summary>
    public const int MaximumIdLength = 20;

    /// <summary>Version negotiation (RFC 8999 §6).</summary>
    public const uint Negotiation = 0;

    /// <summary>RFC 9000.</summary>
    public const uint One = 1;

    /// <summary>RFC 9369.</summary>
    public const uint Two = 0x6B33_43CF;

    private const uint Draft = 0xFF00_0000;
    private const uint FirstDraftWithIdLengths = 11;
    private const uint FirstDraftWithLongIds = 22;
    private const uint LastDraft = 34;
    private const uint TwoDraft = 0x709A_50C4;

    /// <summary>True for a version in use.</summary>
    public static bool IsKnown(uint version) =>
        version is One or Two or TwoDraft
        || (version > Draft && version <= Draft + LastDraft)
        || IsGoogle(version)
        || version >> 8 is 0xFA_CEB0 or 0xAB_CD00;

    /// <summary>True for Google's: <c>Q</c> or <c>T</c> (with TLS) and three digits.</summary>
    public static bool IsGoogle(uint version) =>
        version >> 24 is 'Q' or 'T' && IsDigit(version >> 16) && IsDigit(version >> 8) && IsDigit(version);

    /// <summary>True for versions reserved to force negotiation (RFC 9000 §15).</summary>
    public static bool IsReserved(uint version) => (version & 0x0F0F_0F0F) == 0x0A0A_0A0A;

    /// <summary>True when one byte holds the lengths of both connection ids.</summary>
    public static bool HasNibbledLengths(uint version) =>
        version is >= Draft + FirstDraftWithIdLengths and < Draft + FirstDraftWithLongIds or 0x5130_3436 or 0x5130_3437
            or 0x5130_3438 or 0xFACE_B000;

    /// <summary>True when an Initial packet has token and length as in RFC 9000 §17.2.2: since draft 22, and Google's
    /// since 49.</summary>
    public static bool HasInitialOfTheStandard(uint version) =>
        !HasNibbledLengths(version) && !(version > Draft && version < Draft + FirstDraftWithIdLengths);

    private static bool IsDigit(uint character) => (character & 0xFF) is >= '0' and <= '9';
}
