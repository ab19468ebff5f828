using System.Collections.Immutable;

namespace PortAudit.Audit.Yaml;

/// <summary>The words of a closed vocabulary and what they mean.</summary>
/// <param name="what">What one of them is, for a message: <c>value of 'need'</c>.</param>
/// <param name="words">The words, in the order in which a message lists them.</param>
internal sealed class WordList<T>(string what, params ImmutableArray<(string Word, T Meaning)> words)
    where T : struct
{
    /// <summary>What the word means; null with a diagnostic if none of them.</summary>
    public T? Read(YamlText text, FileDiagnostics diagnostics)
    {
        foreach (var (word, meaning) in words)
        {
            if (word == text.Text)
                return meaning;
        }

        var all = string.Join(", ", words.Select(pair => pair.Word));
        var nearest = Spelling.Nearest(text.Text, words.Select(pair => pair.Word));
        diagnostics.Error(
            text.Position,
            $"{Spelling.Quote(text.Text)} is no {what}",
            nearest is null ? $"use one of {all}" : $"did you mean {Spelling.Quote(nearest)}?");
        return null;
    }
}
