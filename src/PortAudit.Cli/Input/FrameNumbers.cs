using System.Collections.Immutable;
using System.Globalization;

namespace PortAudit.Cli.Input;

/// <summary>Frame numbers as a user lists them: <c>17,20-25</c>.</summary>
internal static class FrameNumbers
{
    /// <summary>Frames that one run may name: more is a listing of the capture, for which there are other
    /// programs.</summary>
    public const int Maximum = 10_000;

    /// <summary>Reads the list.</summary>
    /// <param name="words">Numbers and ranges, several in a word separated by commas.</param>
    /// <param name="numbers">The numbers, ascending, each once.</param>
    /// <param name="problem">What is wrong, one sentence; empty when nothing is.</param>
    public static bool TryRead(IEnumerable<string> words, out ImmutableArray<long> numbers, out string problem)
    {
        problem = "";
        numbers = [];
        var all = new SortedSet<long>();
        foreach (var word in words.SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            var parts = word.Split('-', 2);
            if (!TryNumber(parts[0], out var first) || !TryNumber(parts[^1], out var last) || last < first)
            {
                problem = $"'{word}' is not a frame number or a range, as in 17,20-25";
                return false;
            }

            if (last - first >= Maximum - all.Count)
            {
                problem = string.Create(CultureInfo.InvariantCulture,
                    $"more than {Maximum:N0} frames are named; name fewer");
                return false;
            }

            for (var number = first; number <= last; number++)
                all.Add(number);
        }

        numbers = [.. all];
        return true;
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0
        && number < long.MaxValue;
}
