namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>The letters <c>A</c> to <c>P</c> that encode a 16-byte NetBIOS name, two per byte (RFC 1001 §14.1). DNS
/// uses the same name format and also tests for these letters: a label consisting of nearly only them is not
/// DNS.</summary>
internal static class NetBiosLetters
{
    /// <summary>Length of the label without its length byte, in bytes.</summary>
    public const int LabelLength = 32;

    /// <summary>Wrong letters tolerated in a damaged name: the others still prove it by nearly a hundred bits, and a
    /// damaged datagram is not another protocol's.</summary>
    public const int MaximumDamaged = 4;

    /// <summary>Letters that identify the beginning of a name with a damaged end.</summary>
    public const int MinimumBeginning = 12;

    /// <summary>True when the label is such a name with at most a few wrong letters, whatever its length
    /// byte.</summary>
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

    /// <summary>Number of such letters in the label.</summary>
    public static int CountIn(ReadOnlySpan<byte> bytes)
    {
        var label = LabelOf(bytes);
        return label.Length - DamagedIn(label);
    }

    /// <summary>Number of other bytes in a label.</summary>
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
