namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>
/// The letters <c>A</c> to <c>P</c> in which a NetBIOS name of 16 bytes is written, two a byte (RFC 1001 §14.1). DNS
/// has the same form of name and asks for these letters, too: what has nearly all of them is not its.
/// </summary>
internal static class NetBiosLetters
{
    /// <summary>Length of the label, in bytes, without the length before it.</summary>
    public const int LabelLength = 32;

    /// <summary>
    /// Letters of a name that may be damaged: the others still have nearly a hundred bits in which they agree with
    /// nothing else, and a damaged datagram is no other protocol's.
    /// </summary>
    public const int MaximumDamaged = 4;

    /// <summary>Letters that tell the beginning of a name whose end is damaged.</summary>
    public const int MinimumBeginning = 12;

    /// <summary>True when the label with which <paramref name="bytes"/> begin is such a name but for a few letters,
    /// whatever length stands before it.</summary>
    public static bool FillLabelOf(ReadOnlySpan<byte> bytes)
    {
        var label = LabelOf(bytes);
        var allowed = label.Length - (LabelLength - MaximumDamaged);
        foreach (var letter in label)
        {
            if (!IsOne(letter) && --allowed < 0)
                return false;
        }

        return allowed >= 0;
    }

    /// <summary>Such letters in the place of the label with which <paramref name="bytes"/> begin.</summary>
    public static int CountIn(ReadOnlySpan<byte> bytes)
    {
        var label = LabelOf(bytes);
        return label.Length - DamagedIn(label);
    }

    /// <summary>Bytes of a label that are no such letters.</summary>
    public static int DamagedIn(ReadOnlySpan<byte> label)
    {
        var damaged = 0;
        foreach (var letter in label)
        {
            if (!IsOne(letter))
                damaged++;
        }

        return damaged;
    }

    private static ReadOnlySpan<byte> LabelOf(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? bytes : bytes[1..Math.Min(bytes.Length, 1 + LabelLength)];

    private static bool IsOne(byte letter) => letter is >= (byte)'A' and <= (byte)'P';
}
