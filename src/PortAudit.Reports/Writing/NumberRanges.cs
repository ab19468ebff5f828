using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Writing;

/// <summary>Lists numbers for a reader, neighbours joined: <c>1-4, 7</c>.</summary>
internal static class NumberRanges
{
    /// <summary>The numbers; what goes beyond <paramref name="limit"/> ranges is counted.</summary>
    /// <param name="numbers">Ascending.</param>
    /// <param name="limit">Ranges that are written at most.</param>
    public static string Format(ImmutableArray<long> numbers, int limit)
    {
        var ranges = new List<string>();
        for (var index = 0; index < numbers.Length;)
        {
            if (ranges.Count == limit)
            {
                ranges.Add($"and {Quantity.Count(numbers.Length - index)} more");
                break;
            }

            var last = index;
            while (last + 1 < numbers.Length && numbers[last + 1] == numbers[last] + 1)
                last++;
            ranges.Add(index == last
                ? numbers[index].ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{numbers[index]}-{numbers[last]}"));
            index = last + 1;
        }

        return string.Join(", ", ranges);
    }
}
