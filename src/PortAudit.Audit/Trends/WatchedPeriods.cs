using System.Collections.Immutable;
using System.Numerics;

namespace PortAudit.Audit.Trends;

/// <summary>Which minutes of periods were watched, and which periods can therefore be compared.</summary>
/// <param name="by">The length of the periods.</param>
/// <param name="firstDays">Their first days, ascending.</param>
/// <param name="minutes">A bit for each minute of each period; null for none.</param>
internal sealed class WatchedPeriods(TrendPeriod by, ImmutableArray<int> firstDays, ulong[]?[] minutes)
{
    /// <summary>The part of a period's watched minutes that another one has to have watched, too, in percent.</summary>
    public const int LeastCover = 90;

    private readonly Dictionary<int, ImmutableArray<int>> _before = [];
    private ImmutableArray<int>? _alike;
    private bool? _comparable;

    /// <summary>True when a period has such before it (<see cref="Before"/>).</summary>
    public bool AreComparable => _comparable ??=
        Enumerable.Range(0, minutes.Length).Any(period => !Before(period).IsEmpty);

    /// <summary>Minutes that were watched.</summary>
    public int MinutesOf(int period) => CountOf(minutes[period]);

    /// <summary>Periods before one that would have shown what it shows: they were watched at the times of the day or
    /// week at which it was. Before a working day, those are working days: on others is little traffic.</summary>
    public ImmutableArray<int> Before(int period)
    {
        if (!_before.TryGetValue(period, out var before))
            _before.Add(period, before =
            [
                .. Enumerable.Range(0, period).Where(other => Covers(other, period)
                    && (IsWeekend(period) || !IsWeekend(other))),
            ]);
        return before;
    }

    /// <summary>The latest period that is like <see cref="TrendRule.FewestEarlier"/> others, with those before it:
    /// watched at the same times, and all of them working days or none. Empty when there is none.</summary>
    public ImmutableArray<int> Alike => _alike ??= Enumerable.Range(0, minutes.Length).Reverse()
        .Select(period =>
            (ImmutableArray<int>)[.. Enumerable.Range(0, period + 1).Where(other => IsAlike(other, period))])
        .FirstOrDefault(alike => alike.Length > TrendRule.FewestEarlier, []);

    public static int CountOf(ulong[]? bits)
    {
        var count = 0;
        foreach (var part in bits ?? [])
            count += BitOperations.PopCount(part);
        return count;
    }

    private bool IsAlike(int one, int other) =>
        Covers(one, other) && Covers(other, one) && IsWeekend(one) == IsWeekend(other);

    private bool IsWeekend(int period) => by.IsWeekend(firstDays[period]);

    private bool Covers(int period, int other)
    {
        if (minutes[period] is not { } own || minutes[other] is not { } theirs)
            return false;
        var (wanted, covered) = (0, 0);
        for (var i = 0; i < own.Length; i++)
        {
            wanted += BitOperations.PopCount(theirs[i]);
            covered += BitOperations.PopCount(own[i] & theirs[i]);
        }

        return wanted > 0 && 100L * covered >= (long)LeastCover * wanted;
    }
}
