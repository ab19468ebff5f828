using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Goes through the tokens of a file.</summary>
/// <param name="tokens">The tokens; the last one is the end.</param>
internal sealed class NftCursor(List<NftToken> tokens)
{
    private int _next;

    /// <summary>The next token.</summary>
    public NftToken Next => tokens[_next];

    /// <summary>The token before the next one.</summary>
    public NftToken Previous => tokens[Math.Max(0, _next - 1)];

    /// <summary>Position of the next token.</summary>
    public int Position => _next;

    /// <summary>True at the end of the file.</summary>
    public bool IsAtEnd => Next.Kind == NftTokenKind.End;

    /// <summary>True where a rule ends.</summary>
    public bool IsAtRuleEnd => Next.Kind is NftTokenKind.End or NftTokenKind.NewLine || Next.IsSign(";")
        || Next.IsSign("}");

    /// <summary>The token behind the next one.</summary>
    public NftToken Second => tokens[Math.Min(_next + 1, tokens.Count - 1)];

    /// <summary>Takes the next token; the end is never passed.</summary>
    public NftToken Take() => _next < tokens.Count - 1 ? tokens[_next++] : tokens[_next];

    /// <summary>Takes a sign when it is next.</summary>
    public bool TakeSign(string sign)
    {
        if (!Next.IsSign(sign))
            return false;
        Take();
        return true;
    }

    /// <summary>Takes a keyword when it is next.</summary>
    public bool TakeWord(string word)
    {
        if (!Next.IsWord(word))
            return false;
        Take();
        return true;
    }

    /// <summary>Takes a word or a string; null when something else is next.</summary>
    public string? TakeText() => Next.Kind is NftTokenKind.Word or NftTokenKind.Quoted ? Take().Text : null;

    /// <summary>Passes ends of lines, and semicolons.</summary>
    public void SkipLines()
    {
        while (Next.Kind == NftTokenKind.NewLine || Next.IsSign(";"))
            Take();
    }

    /// <summary>Passes ends of lines only.</summary>
    public void SkipNewLines()
    {
        while (Next.Kind == NftTokenKind.NewLine)
            Take();
    }

    /// <summary>Passes everything to the end of the rule; brackets keep lines together.</summary>
    public void SkipRule()
    {
        var depth = 0;
        while (!IsAtEnd && (depth > 0 || !IsAtRuleEnd))
        {
            var token = Take();
            depth += token.IsSign("{") ? 1 : token.IsSign("}") ? -1 : 0;
        }
    }

    /// <summary>Passes a block in braces, of which the first is next.</summary>
    /// <returns>False when the file ends in it.</returns>
    public bool SkipBlock()
    {
        var depth = 0;
        do
        {
            if (IsAtEnd)
                return false;
            var token = Take();
            depth += token.IsSign("{") ? 1 : token.IsSign("}") ? -1 : 0;
        }
        while (depth > 0);
        return true;
    }

    /// <summary>The text of tokens from a position to the next one, shortened and escaped.</summary>
    public string Text(int start)
    {
        var shown = tokens.Skip(start).Take(Math.Min(_next - start, 80))
            .Where(token => token.Kind != NftTokenKind.NewLine)
            .Select(token => token.Kind == NftTokenKind.Quoted ? $"\"{token.Text}\"" : token.Text);
        return ConfigurationText.Shown(string.Join(' ', shown));
    }

    /// <summary>The lines of tokens from a position to the next one.</summary>
    public ImmutableArray<int> Lines(int start)
    {
        var lines = ImmutableArray.CreateBuilder<int>();
        for (var index = start; index < Math.Max(_next, start + 1) && index < tokens.Count; index++)
        {
            if (lines.Count == 0 || lines[^1] != tokens[index].Line)
                lines.Add(tokens[index].Line);
        }

        return lines.ToImmutable();
    }
}
