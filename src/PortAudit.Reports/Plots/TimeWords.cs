using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Plots;

/// <summary>Lengths of time as a plot says them.</summary>
internal static class TimeWords
{
    private const long NanosecondsPerDay = 86_400_000_000_000;
    private const int DaysPerYear = 365;
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>The width of a column: <c>20 ms</c>, <c>1 s</c>, <c>15 min</c>. Widths are round: a second unit of
    /// nothing is left out.</summary>
    public static string Width(long widthNs)
    {
        if (widthNs < NanosecondsPerSecond)
            return $"{widthNs / NanosecondsPerMillisecond} ms";
        var words = Duration.ToText(widthNs).Split(' ');
        return words is [var number, var unit, "0", _] ? $"{number} {unit}" : string.Join(' ', words);
    }

    /// <summary>The length of a silence: in years above two, else as <see cref="Duration.ToText"/> says
    /// it.</summary>
    public static string Silence(Int128 lengthNs)
    {
        var days = lengthNs / NanosecondsPerDay;
        return days > 2 * DaysPerYear ? $"{days / DaysPerYear} years" : Duration.ToText((long)lengthNs);
    }
}
