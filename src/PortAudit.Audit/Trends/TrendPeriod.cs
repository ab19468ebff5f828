namespace PortAudit.Audit.Trends;

/// <summary>The periods by which a trend counts. Both are of the calendar in UTC.</summary>
public enum TrendPeriod
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>A week from Monday to Sunday, as ISO 8601 counts them.</summary>
    Week,
}

/// <summary>Names and days of <see cref="TrendPeriod"/>.</summary>
public static class TrendPeriodText
{
    private const int DaysOfWeek = 7;

    /// <summary>Days after a Monday.</summary>
    private const int Saturday = 5;

    /// <summary>The name on the command line and in output.</summary>
    public static string ToText(this TrendPeriod by) => by switch
    {
        TrendPeriod.Day => "day",
        TrendPeriod.Week => "week",
    };

    /// <summary>Days of a period.</summary>
    internal static int Days(this TrendPeriod by) => by switch
    {
        TrendPeriod.Day => 1,
        TrendPeriod.Week => DaysOfWeek,
    };

    /// <summary>The first day of the period that has a day. Both are counted from 0001-01-01, which was a
    /// Monday.</summary>
    internal static int FirstDayOf(this TrendPeriod by, int day) => day - (day % by.Days());

    /// <summary>True for a Saturday or Sunday; false for weeks.</summary>
    internal static bool IsWeekend(this TrendPeriod by, int day) =>
        by == TrendPeriod.Day && day % DaysOfWeek >= Saturday;
}
