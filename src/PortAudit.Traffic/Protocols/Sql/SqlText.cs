using System.Buffers;
using AsciiText = System.Text.Ascii;

namespace PortAudit.Traffic.Protocols.Sql;

/// <summary>Recognises SQL statements.</summary>
internal static class SqlText
{
    /// <summary>Longest of the words below.</summary>
    private const int MaximumWord = 8;

    private static readonly SearchValues<byte> WordEnds = SearchValues.Create(" \t\r\n;\0"u8);

    /// <summary>True when the text begins with a statement keyword, optionally after a comment.</summary>
    public static bool IsStatement(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n("u8);
        if (text.StartsWith("/*"u8) || text.StartsWith("--"u8))
            return true;
        var end = text[..Math.Min(text.Length, MaximumWord + 1)].IndexOfAny(WordEnds);
        if (end < 0)
            end = text.Length;
        return end <= MaximumWord && IsVerb(text[..end]);
    }

    private static bool IsVerb(ReadOnlySpan<byte> word) =>
        Is(word, "SELECT"u8) || Is(word, "INSERT"u8) || Is(word, "UPDATE"u8) || Is(word, "DELETE"u8)
        || Is(word, "SET"u8) || Is(word, "SHOW"u8) || Is(word, "WITH"u8)
        || Is(word, "BEGIN"u8) || Is(word, "COMMIT"u8) || Is(word, "ROLLBACK"u8) || Is(word, "START"u8)
        || Is(word, "CREATE"u8) || Is(word, "DROP"u8)
        || Is(word, "ALTER"u8) || Is(word, "CALL"u8) || Is(word, "USE"u8) || Is(word, "REPLACE"u8)
        || Is(word, "TRUNCATE"u8) || Is(word, "EXPLAIN"u8)
        || Is(word, "DISCARD"u8) || Is(word, "COPY"u8) || Is(word, "GRANT"u8) || Is(word, "EXECUTE"u8);

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> verb) => AsciiText.EqualsIgnoreCase(word, verb);
}
