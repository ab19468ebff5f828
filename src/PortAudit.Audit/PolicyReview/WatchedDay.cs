using System.Collections.Immutable;

namespace PortAudit.Audit.PolicyReview;

/// <summary>A day (UTC) on which captures watched.</summary>
/// <param name="Date">The day.</param>
/// <param name="Points">How long each capture point watched, in nanoseconds, by name; points that did not are
/// missing.</param>
/// <param name="Connections">Connections that began on it and met a firewall.</param>
/// <param name="NewServices">Services between two roles that were seen first on it, in their order.</param>
public sealed record WatchedDay(DateOnly Date, ImmutableArray<KeyValuePair<string, long>> Points, long Connections,
    ImmutableArray<RoleService> NewServices)
{
    /// <summary>True on Saturdays and Sundays.</summary>
    public bool IsWeekend => Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>True on the last day of a month.</summary>
    public bool IsMonthEnd => Date.Day == DateTime.DaysInMonth(Date.Year, Date.Month);

    /// <summary>True on the second Tuesday of a month, on which Microsoft publishes updates.</summary>
    public bool IsPatchDay => Date is { DayOfWeek: DayOfWeek.Tuesday, Day: >= 8 and <= 14 };
}
