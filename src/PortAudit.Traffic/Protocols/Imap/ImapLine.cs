using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Imap;

/// <summary>An IMAP line (RFC 9051 §2.2): a tag, or <c>*</c> in unsolicited responses, then a word.</summary>
internal readonly ref struct ImapLine
{
    /// <summary>Longest tag. The standard sets no limit; clients use a few characters.</summary>
    public const int MaximumTag = 32;

    private ImapLine(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest)
    {
        Tag = tag;
        Word = word;
        Rest = rest;
    }

    /// <summary>The tag, or a single <c>*</c>.</summary>
    public ReadOnlySpan<byte> Tag { get; }

    public ReadOnlySpan<byte> Word { get; }

    /// <summary>The text after the word and a space.</summary>
    public ReadOnlySpan<byte> Rest { get; }

    public bool IsUntagged => Tag[0] == '*';

    /// <summary>True when the tag looks like a counter: it has a digit and is neither a three-digit reply code (FTP,
    /// SMTP, NNTP) nor a number with a dot, as in prose lists. Other tags are valid (RFC 9051 §9), but then the line
    /// may be prose.</summary>
    public bool HasCountedTag => Tag.ContainsAnyInRange((byte)'0', (byte)'9') && Tag[^1] != '.'
        && !(Tag.Length == ReplyLine.CodeLength && Words.IsNumber(Tag));

    /// <summary>Parses a line without its end. <see cref="ParseError.Incomplete"/> when it ends before a
    /// word.</summary>
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
