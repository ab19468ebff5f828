using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Splits the text form into tokens (nft(8), "Input file formats", "Lexical conventions").</summary>
internal static class NftScanner
{
    private const string Signs = "{}();,=&|<>!^";

    /// <summary>The tokens of a file; blank lines and comments are noted. A line that is too long is cut, and ends in a
    /// word that no rule knows.</summary>
    public static List<NftToken> Scan(PolicyDraft draft)
    {
        var tokens = new List<NftToken>();
        var lines = draft.Text.Lines;
        for (var index = 0; index < lines.Length; index++)
        {
            var (line, number) = (lines[index], index + 1);
            var isLong = line.Length > ConfigurationText.MaxLineLength;
            if (isLong)
                draft.NotEvaluable(number, $"longer than {ConfigurationText.MaxLineLength} characters");
            var before = tokens.Count;
            var continues = ScanLine(isLong ? line[..ConfigurationText.MaxLineLength] : line, number, tokens);
            if (isLong)
                tokens.Add(new NftToken(NftTokenKind.Word, NftRuleParser.CutWord, number));
            if (tokens.Count == before)
                draft.Blank(number);
            if (!continues)
                tokens.Add(new NftToken(NftTokenKind.NewLine, "", number));
        }

        tokens.Add(new NftToken(NftTokenKind.End, "", Math.Max(1, lines.Length)));
        return tokens;
    }

    /// <summary>Scans a line; true when a backslash at its end joins it to the next.</summary>
    private static bool ScanLine(string line, int number, List<NftToken> tokens)
    {
        for (var index = 0; index < line.Length;)
        {
            var character = line[index];
            if (char.IsWhiteSpace(character))
            {
                index++;
            }
            else if (character == '#')
            {
                // What iptables-nft put into the kernel and nft cannot show stands in such comments.
                if (line.AsSpan(index) is var comment && (comment.StartsWith("# xt_") || comment.StartsWith("# match ")
                    || comment.StartsWith("# target ")))
                    tokens.Add(new NftToken(NftTokenKind.Word, "xt", number));
                return false;
            }
            else if (character == '\\' && line.AsSpan(index + 1).IsWhiteSpace())
            {
                return true;
            }
            else if (character == '"')
            {
                var end = line.IndexOf('"', index + 1);
                var text = end < 0 ? line[(index + 1)..] : line[(index + 1)..end];
                tokens.Add(new NftToken(NftTokenKind.Quoted, text, number));
                index = end < 0 ? line.Length : end + 1;
            }
            else if (Signs.Contains(character, StringComparison.Ordinal))
            {
                var isPair = character is '=' or '!' or '<' or '>' && index + 1 < line.Length && line[index + 1] == '=';
                tokens.Add(new NftToken(NftTokenKind.Sign, line.Substring(index, isPair ? 2 : 1), number));
                index += isPair ? 2 : 1;
            }
            else
            {
                var start = index;
                // Fields by offset have commas in them: @th,16,16.
                var isRaw = character == '@';
                while (index < line.Length && !char.IsWhiteSpace(line[index]) && line[index] is not ('"' or '#')
                    && (!Signs.Contains(line[index], StringComparison.Ordinal) || (isRaw && IsInRaw(line, index))))
                    index++;
                tokens.Add(new NftToken(NftTokenKind.Word, line[start..index], number));
            }
        }

        return false;
    }

    private static bool IsInRaw(string line, int index) =>
        line[index] == ',' && index + 1 < line.Length && char.IsAsciiDigit(line[index + 1]);
}
