using System.Buffers;
using System.Text.Unicode;

namespace PortAudit.Traffic.Records;

/// <summary>
/// The one form in which names from different protocols can be compared: lower case, no blanks or dots at the ends.
/// Text that is no name of a host is refused: with control characters or characters outside the first plane, without a
/// letter or digit, a wild card, an address written out, or <c>localhost</c>.
/// </summary>
internal static class NameText
{
    /// <summary>Longest name, in characters: that of DNS (RFC 1035 §2.3.4), which the others do not reach.</summary>
    public const int MaximumLength = 255;

    /// <summary>Writes a name that came as UTF-8, of which ASCII is a part. Returns its length, 0 when it is
    /// refused.</summary>
    /// <param name="utf8">The name.</param>
    /// <param name="destination">At least <see cref="MaximumLength"/> characters.</param>
    public static int WriteUtf8(ReadOnlySpan<byte> utf8, Span<char> destination)
    {
        if (utf8.Length > MaximumLength || Utf8.ToUtf16(utf8, destination, out _, out var length,
            replaceInvalidSequences: false) != OperationStatus.Done)
            return 0;
        return Normalise(destination[..length]);
    }

    /// <summary>Writes a name that came as little-endian UTF-16, as Microsoft's protocols have it. Returns its length,
    /// 0 when it is refused.</summary>
    /// <param name="utf16">The name; a last odd byte is left out.</param>
    /// <param name="destination">At least <see cref="MaximumLength"/> characters.</param>
    public static int WriteUtf16(ReadOnlySpan<byte> utf16, Span<char> destination)
    {
        if (utf16.Length / sizeof(char) > MaximumLength)
            return 0;
        var name = destination[..(utf16.Length / sizeof(char))];
        for (var i = 0; i < name.Length; i++)
            name[i] = (char)(utf16[i * 2] | (utf16[(i * 2) + 1] << 8));
        return Normalise(name);
    }

    /// <summary>Writes a name that came as text. Returns its length, 0 when it is refused.</summary>
    /// <param name="text">The name.</param>
    /// <param name="destination">At least <see cref="MaximumLength"/> characters.</param>
    public static int WriteText(ReadOnlySpan<char> text, Span<char> destination) =>
        text.TryCopyTo(destination[..MaximumLength]) ? Normalise(destination[..text.Length]) : 0;

    /// <summary>Brings a name into the common form in place and moves nothing: blanks at its front make it no
    /// name.</summary>
    private static int Normalise(Span<char> name)
    {
        name = name.TrimEnd(". ");
        var isNamed = false;
        foreach (ref var letter in name)
        {
            // No name of a computer has characters outside the first plane, so their halves need not be matched.
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

    /// <summary>Digits and dots alone. Most names end the search with their first letter.</summary>
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
