using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Imap;

/// <summary>A line of IMAP (RFC 9051 §2.2): a tag, or <c>*</c> for what the server says unasked, then a word.</summary>
internal readonly ref struct ImapLine
{
    /// <summary>Longest tag. The standard sets no limit; clients count in a few characters.</summary>
    public const int MaximumTag = 32;

    private ImapLine(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest)
    {
        Tag = tag;
        Word = word;
        Rest = rest;
    }

    /// <summary>The tag, a single <c>*</c> included.</summary>
    public ReadOnlySpan<byte> Tag { get; }

    /// <summary>The command or the kind of response.</summary>
    public ReadOnlySpan<byte> Word { get; }

    /// <summary>What stands behind the word and its space.</summary>
    public ReadOnlySpan<byte> Rest { get; }

    /// <summary>True for what the server says without a tag.</summary>
    public bool IsUntagged => Tag[0] == '*';

    /// <summary>
    /// True when the tag looks counted: it has a digit, and is neither the three digits with which the replies of FTP,
    /// SMTP and NNTP begin, nor a number with a dot behind it, as lists in prose have. Other tags are as good (RFC 9051
    /// §9), but then the line may be prose.
    /// </summary>
    public bool HasCountedTag => Tag.ContainsAnyInRange((byte)'0', (byte)'9') && Tag[^1] != '.'
        && !(Tag.Length == ReplyLine.CodeLength && Words.IsNumber(Tag));

    /// <summary>Reads a line without its end. <see cref="ParseError.Incomplete"/> when it ends before a word.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out ImapLine parsed, out ParseError error)
    {
        parsed = default;
        var space = line.IndexOf((byte)' ');
        var tag = space < 0 ? line : line[..space];
        error = ParseError.BadValue;
        if (!IsTag(tag))
            return false;
        var rest = space < 0 ? [] : line[(space + 1)..];
        error = ParseError.Incomplete;
        if (tag.IsEmpty || rest.IsEmpty)
            return false;
        var word = Words.Take(ref rest);
        parsed = new ImapLine(tag, word, rest);
        error = ParseError.None;
        return true;
    }

    private static bool IsTag(ReadOnlySpan<byte> tag)
    {
        if (tag.Length > MaximumTag || (tag.Length == 1 && tag[0] == '*'))
            return tag.Length == 1;
        foreach (var character in tag)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character != '.')
                return false;
        }

        return true;
    }
}
