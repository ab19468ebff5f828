using System.Globalization;
using System.Text;

namespace PortAudit.Audit.Yaml;

/// <summary>Words of the user in messages, and what they may have meant.</summary>
public static class Spelling
{
    /// <summary>Longest text shown of the user's, in characters: a message stays one line.</summary>
    private const int MaxQuoted = 60;

    /// <summary>Longest word compared, in characters: the distance costs the product of both lengths.</summary>
    private const int MaxCompared = 100;

    /// <summary>Names listed when none is near: more would hide the message.</summary>
    private const int MaxListed = 20;

    /// <summary>The text in quotes, shortened, with control characters written as escapes so that none reaches a
    /// terminal.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, MaxQuoted)))
        {
            if (char.IsControl(character) || char.IsSurrogate(character))
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                quoted.Append(character);
        }

        return quoted.Append(text.Length > MaxQuoted ? "…'" : "'").ToString();
    }

    /// <summary>What to suggest for an unknown name: the nearest known one, else all of them when they are few; null
    /// without either.</summary>
    public static string? Suggest(string name, IReadOnlyCollection<string> known)
    {
        if (Nearest(name, known) is { } nearest)
            return $"did you mean {Quote(nearest)}?";
        return known.Count is > 0 and <= MaxListed
            ? $"known: {string.Join(", ", known.Order(StringComparer.Ordinal))}"
            : null;
    }

    /// <summary>
    /// The known name that is nearest by edit distance; null when none is within a third of the name's length. Of
    /// equals one that begins alike comes first, as the first letter is seldom mistyped, then one of which a letter was
    /// left out, then the ordinally first.
    /// </summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        if (name.Length > MaxCompared)
            return null;
        var limit = Math.Max(1, name.Length / 3);
        return known
            .Where(candidate => candidate.Length <= MaxCompared && Math.Abs(candidate.Length - name.Length) <= limit)
            .Select(candidate => (candidate, distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.distance <= limit)
            .OrderBy(pair => pair.distance)
            .ThenByDescending(pair => BeginAlike(pair.candidate, name))
            .ThenByDescending(pair => pair.candidate.Length > name.Length)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    private static bool BeginAlike(string first, string second) =>
        first.Length > 0 && second.Length > 0 && char.ToLowerInvariant(first[0]) == char.ToLowerInvariant(second[0]);

    /// <summary>Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours each
    /// count one.</summary>
    private static int Distance(string first, string second)
    {
        var beforePrevious = new int[second.Length + 1];
        var previous = Enumerable.Range(0, second.Length + 1).ToArray();
        var current = new int[second.Length + 1];
        for (var i = 1; i <= first.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                var substituted = previous[j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1);
                current[j] = Math.Min(substituted, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && first[i - 1] == second[j - 2] && first[i - 2] == second[j - 1])
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
            }

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[second.Length];
    }
}
