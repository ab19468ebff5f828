namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Kinds of tokens.</summary>
internal enum NftTokenKind
{
    /// <summary>A keyword, name, number, address, prefix or range.</summary>
    Word,

    /// <summary>A quoted string.</summary>
    Quoted,

    /// <summary>An operator, bracket or separator.</summary>
    Sign,

    /// <summary>The end of a line.</summary>
    NewLine,

    /// <summary>The end of the file.</summary>
    End,
}

/// <summary>A token of the text form.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text without quotes.</param>
/// <param name="Line">Its line, the first is 1.</param>
internal readonly record struct NftToken(NftTokenKind Kind, string Text, int Line)
{
    /// <summary>True for a sign.</summary>
    public bool IsSign(string sign) => Kind == NftTokenKind.Sign && Text == sign;

    /// <summary>True for a keyword.</summary>
    public bool IsWord(string word) => Kind == NftTokenKind.Word && Text == word;
}
