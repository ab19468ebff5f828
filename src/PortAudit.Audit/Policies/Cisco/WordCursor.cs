namespace PortAudit.Audit.Policies.Cisco;

/// <summary>Reads the words of a statement one after the other.</summary>
internal sealed class WordCursor(Statement statement, int position)
{
    /// <summary>Index of the next word.</summary>
    public int Position { get; set; } = position;

    /// <summary>True behind the last word.</summary>
    public bool IsAtEnd => Position >= statement.Words.Length;

    /// <summary>The next word in lower case, which stays; empty at the end.</summary>
    public string Keyword => statement.Word(Position).ToLowerInvariant();

    /// <summary>The next word, which stays; empty at the end.</summary>
    public string Peek => statement.Word(Position);

    /// <summary>A word further on, in lower case; empty beyond the end.</summary>
    public string KeywordAhead(int count) => statement.Word(Position + count).ToLowerInvariant();

    /// <summary>Takes the next word; empty at the end.</summary>
    public string Next() => statement.Word(Position++);

    /// <summary>Takes the next word when it is this keyword.</summary>
    public bool Take(string keyword)
    {
        if (!statement.Has(Position, keyword))
            return false;
        Position++;
        return true;
    }
}
