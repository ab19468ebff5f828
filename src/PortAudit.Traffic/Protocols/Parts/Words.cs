using System.Buffers;
using AsciiText = System.Text.Ascii;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>Words of text protocols, compared ignoring case. A list is words separated by single spaces.</summary>
internal static class Words
{
    /// <summary>Bytes of a line searched for a phrase: a banner names the product early.</summary>
    public const int MaximumSearch = 512;

    /// <summary>Longest phrase, in bytes.</summary>
    private const int MaximumPhrase = 64;

    public static bool Same(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one.Length == other.Length && AsciiText.EqualsIgnoreCase(one, other);

    public static bool Begins(ReadOnlySpan<byte> line, ReadOnlySpan<byte> phrase) =>
        line.Length >= phrase.Length && Same(line[..phrase.Length], phrase);

    public static bool Holds(ReadOnlySpan<byte> list, ReadOnlySpan<byte> word)
    {
        while (!list.IsEmpty)
        {
            var one = Take(ref list);
            if (Same(one, word))
                return true;
        }

        return false;
    }

    /// <summary>True when a list has a word with this prefix.</summary>
    public static bool HoldsBeginning(ReadOnlySpan<byte> list, ReadOnlySpan<byte> bytes)
    {
        while (!list.IsEmpty)
        {
            if (Begins(Take(ref list), bytes))
                return true;
        }

        return false;
    }

    /// <summary>True when a list of pairs (command and first three characters of its reply, concatenated) has this
    /// pair.</summary>
    public static bool HoldsPair(ReadOnlySpan<byte> list, ReadOnlySpan<byte> word, ReadOnlySpan<byte> reply)
    {
        if (reply.Length < ReplyLine.CodeLength)
            return false;
        var code = reply[..ReplyLine.CodeLength];
        while (!list.IsEmpty)
        {
            var pair = Take(ref list);
            if (pair.Length == word.Length + code.Length && Same(pair[word.Length..], code)
                && Same(pair[..word.Length], word))
                return true;
        }

        return false;
    }

    /// <summary>True when a phrase occurs within the first <see cref="MaximumSearch"/> bytes of a line.</summary>
    public static bool Occurs(ReadOnlySpan<byte> line, ReadOnlySpan<byte> phrase) => Find(line, phrase, asWord: false);

    /// <summary>The same, but not within a longer word or a host name.</summary>
    public static bool OccursAsWord(ReadOnlySpan<byte> line, ReadOnlySpan<byte> phrase) =>
        Find(line, phrase, asWord: true);

    public static bool IsNumber(ReadOnlySpan<byte> word) =>
        !word.IsEmpty && !word.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>Removes the first word and the following space from a line.</summary>
    public static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        var word = space < 0 ? line : line[..space];
        line = space < 0 ? [] : line[(space + 1)..];
        return word;
    }

    private static bool Find(ReadOnlySpan<byte> line, ReadOnlySpan<byte> phrase, bool asWord)
    {
        line = line[..Math.Min(line.Length, MaximumSearch)];
        Span<byte> small = stackalloc byte[MaximumSearch];
        Span<byte> wanted = stackalloc byte[MaximumPhrase];
        small = ToSmall(line, small);
        wanted = ToSmall(phrase, wanted);
        for (var from = 0; from + phrase.Length <= line.Length;)
        {
            var at = small[from..].IndexOf(wanted);
            if (at < 0)
                return false;
            at += from;
            if (!asWord || (IsBoundary(line, at - 1) && IsBoundary(line, at + phrase.Length)))
                return true;
            from = at + 1;
        }

        return false;
    }

    /// <summary>Converts ASCII to lower case for vectorised search; other octets are unchanged.</summary>
    private static Span<byte> ToSmall(ReadOnlySpan<byte> text, Span<byte> into)
    {
        var done = 0;
        while (AsciiText.ToLower(text[done..], into[done..], out var written) == OperationStatus.InvalidData)
        {
            done += written;
            into[done] = text[done];
            done++;
        }

        return into[..text.Length];
    }

    private static bool IsBoundary(ReadOnlySpan<byte> line, int at) =>
        at < 0 || at >= line.Length
        || !(char.IsAsciiLetterOrDigit((char)line[at]) || line[at] is (byte)'.' or (byte)'-' or (byte)'_');
}
