using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace PortAudit.Cli.Watch;

/// <summary>Options that are spans of time: a whole number with a unit.</summary>
internal static class TimeOption
{
    private static readonly (string Unit, TimeSpan One)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1)),
    ];

    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_653);

    /// <summary>An option.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What help says of it.</param>
    /// <param name="shortest">Shortest span.</param>
    /// <param name="fallback">The span without the option; null for none.</param>
    public static Option<TimeSpan?> Of(string name, string description, TimeSpan shortest,
        TimeSpan? fallback) => new(name)
        {
            Description = description,
            HelpName = "TIME",
            CustomParser = result => Parse(name, shortest, result),
            DefaultValueFactory = _ => fallback,
        };

    /// <summary>Reads <c>90s</c>, <c>2h</c> or <c>7d</c>; null when it is nothing of the kind.</summary>
    public static TimeSpan? TryParse(string text)
    {
        foreach (var (unit, one) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal) || !long.TryParse(text.AsSpan(0,
                text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                continue;
            return count <= Longest / one ? count * one : null;
        }

        return null;
    }

    private static TimeSpan? Parse(string name, TimeSpan shortest, ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (TryParse(text) is { } span && span >= shortest)
            return span;
        result.AddError($"{name} wants a whole number with a unit (ms, s, m, h, d), for example 90s or 2h, at least "
            + $"{shortest.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s and at most ten years; '{text}' is "
            + $"not.");
        return null;
    }
}
