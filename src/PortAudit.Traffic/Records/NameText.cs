using System.Buffers;
using System.Text.Unicode;

namespace PortAudit.Traffic.Records;

/// <summary>Normalises names from different protocols for comparison: lower case, without blanks or dots at either
/// side. Rejects text that cannot be a host name: control characters, characters outside the BMP, no letter or digit,
/// wildcards, addresses, <c>localhost</c>.</summary>
internal static class NameText
{
    /// <summary>Longest name, in characters: DNS's limit (RFC 1035 §2.3.4); others are shorter.</summary>
    public const int MaximumLength = 255;

    /// <summary>Writes a UTF-8 name. Returns its length; 0 when rejected.</summary>
    public static int WriteUtf8(ReadOnlySpan<byte> utf8, Span<char> destination)
    {
        if (utf8.Length > MaximumLength || Utf8.ToUtf16(utf8, destination, out _, out var length,
            replaceInvalidSequences: false) != OperationStatus.Done)
            return 0;
        return Normalise(destination[..length]);
    }

    /// <summary>Writes a name in little-endian UTF-16, as in Microsoft's protocols; ignores a last odd byte. Returns
    /// its length; 0 when rejected.</summary>
    public static int WriteUtf16(ReadOnlySpan<byte> utf16, Span<char> destination)
    {
        if (utf16.Length / sizeof(char) > MaximumLength)
            return 0;
        var name = destination[..(utf16.Length / sizeof(char))];
        for (var i = 0; i < name.Length; i++)
            name[i] = (char)(utf16[i * 2] | (utf16[(i * 2) + 1] << 8));
        return Normalise(name);
    }

    /// <summary>Writes a name given as text. Returns its length; 0 when rejected.</summary>
    public static int WriteText(ReadOnlySpan<char> text, Span<char> destination) =>
        text.TryCopyTo(destination[..MaximumLength]) ? Normalise(destination[..text.Length]) : 0;

    /// <summary>Normalises a name in place without moving it: blanks at its front make it invalid.</summary>
    private static int Normalise(Span<char> name)
    {
        name = name.TrimEnd(". ");
        var isNamed = false;
        foreach (ref var letter in name)
        {
            // Computer names have no characters outside the BMP, so surrogates need not be paired.
            if (char.IsControl(letter) || char.IsSurrogate(letter))
                return 0;
            isNamed |= char.IsLetterOrDigit(letter);
            letter = char.ToLowerInvariant(letter);
        }

        if (!isNamed || name[0] == ' ' || name.ContainsAny(':', '*') || IsAddress(name)
            || name.SequenceEqual("localhost"))
            return 0;
        return name.Length;
    }

    /// <summary>Digits and dots only. Usually decided by the first letter.</summary>
    private static bool IsAddress(ReadOnlySpan<char> name)
    {
        foreach (var letter in name)
        {
            if (letter != '.' && !char.IsAsciiDigit(letter))
                return false;
        }

        return true;
    }
}
