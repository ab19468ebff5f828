using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Html;

/// <summary>Text from the network, a site or a file name on a page: not longer than a reader can take in. Razor encodes
/// it, <see cref="VisibleEntities"/> makes it visible.</summary>
internal static class ShownText
{
    /// <summary>Characters of a name that are shown.</summary>
    public const int Name = 120;

    /// <summary>Characters shown of a sentence or a filter.</summary>
    public const int Sentence = 2000;

    /// <summary>A name, cut with a count of all its characters when it is too long.</summary>
    public static string Short(string text) => Cut(text, Name);

    public static string Long(string text) => Cut(text, Sentence);

    private static string Cut(string text, int maximum)
    {
        if (text.Length <= maximum)
            return text;
        var end = char.IsHighSurrogate(text[maximum - 1]) ? maximum - 1 : maximum;
        return $"{text[..end]}… ({Quantity.Count(text.Length)} characters)";
    }
}
