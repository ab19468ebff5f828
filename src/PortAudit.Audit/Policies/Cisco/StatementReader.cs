using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Cisco;

/// <summary>Cuts a configuration into statements: a line that begins in the first column, with the indented lines below
/// it. Blank lines and comments (<c>!</c>, of an ASA also <c>:</c>) are noted.</summary>
internal static class StatementReader
{
    /// <summary>Words of a line that are read: the longest published lines have fewer than a tenth of it.</summary>
    public const int MaxWords = 512;

    /// <summary>Lines that a banner may have before it is taken for one without an end.</summary>
    private const int MaxBannerLines = 200;

    private static readonly char[] Spaces = [' ', '\t', '\u00a0', '\f', '\v'];

    /// <summary>The statements of a file.</summary>
    /// <param name="draft">Receives the blank lines and comments, and lines that are too long.</param>
    /// <param name="hasBanners">True when a banner goes on until its delimiter comes again (IOS).</param>
    public static ImmutableArray<Statement> Read(PolicyDraft draft, bool hasBanners)
    {
        var statements = ImmutableArray.CreateBuilder<Statement>();
        var lines = draft.Text.Lines;
        for (var number = 1; number <= lines.Length; number++)
        {
            if (Take(draft, number) is not { } statement)
                continue;
            if (hasBanners && statement.Keyword == "banner")
            {
                number = SkipBanner(draft, number, statement);
                continue;
            }

            if (IsIndented(lines[number - 1]) && statements.Count > 0)
                statements[^1].Children.Add(statement);
            else
                statements.Add(statement);
        }

        return statements.ToImmutable();
    }

    private static bool IsIndented(string line) => Array.IndexOf(Spaces, line[0]) >= 0;

    private static Statement? Take(PolicyDraft draft, int number)
    {
        var line = draft.Text.Lines[number - 1];
        var isCut = line.Length > ConfigurationText.MaxLineLength;
        if (isCut)
        {
            draft.NotEvaluable(number, $"longer than {ConfigurationText.MaxLineLength} characters");
            line = line[..ConfigurationText.MaxLineLength];
        }

        var words = ImmutableArray.CreateBuilder<string>();
        foreach (var word in line.Split(Spaces, MaxWords + 1, StringSplitOptions.RemoveEmptyEntries))
        {
            if (word[0] == '!' || (word[0] == ':' && words.Count == 0))
                break;
            words.Add(word);
        }

        if (words.Count == 0)
        {
            draft.Blank(number);
            return null;
        }

        if (words.Count > MaxWords)
        {
            draft.NotEvaluable(number, $"more than {MaxWords} words");
            isCut = true;
            words.RemoveAt(words.Count - 1);
        }

        return new Statement(number, words.ToImmutable(), isCut);
    }

    /// <summary>Notes the lines of a banner and answers the last of them. The delimiter is what follows the kind of
    /// banner: one character, or the two of <c>^C</c>.</summary>
    private static int SkipBanner(PolicyDraft draft, int first, Statement banner)
    {
        draft.Other(first);
        var text = banner.Word(2).Length > 0 ? banner.Word(2) : banner.Word(1);
        if (text.Length == 0)
            return first;
        var delimiter = text[0] == '^' && text.Length > 1 ? text[..2] : text[..1];
        if (banner.Rest(2).LastIndexOf(delimiter, StringComparison.Ordinal) > 0)
            return first;
        var end = Math.Min(draft.Text.Lines.Length, first + MaxBannerLines);
        for (var last = first + 1; last <= end; last++)
        {
            if (!draft.Text.Lines[last - 1].Contains(delimiter, StringComparison.Ordinal))
                continue;
            for (var line = first; line <= last; line++)
                draft.Other(line);
            return last;
        }

        return first;
    }
}
