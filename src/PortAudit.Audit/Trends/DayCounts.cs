using PortAudit.Audit.Matching;
using PortAudit.Audit.State;

namespace PortAudit.Audit.Trends;

/// <summary>Flows of one verdict and passage that began on one day.</summary>
/// <param name="Day">The day (UTC), counted from 0001-01-01; <see cref="DayCounts.Earlier"/> for all days before those
/// that are kept apart.</param>
/// <param name="Verdict">Their verdict.</param>
/// <param name="Passage">What became of them.</param>
/// <param name="Flows">Their number.</param>
internal readonly record struct DayCount(int Day, Verdict Verdict, Disposition Passage, long Flows)
{
    /// <summary>The word; null where the rules say nothing of them.</summary>
    public FlowWord? Word => FlowWords.Of(Verdict, Passage);

    /// <summary>Orders counts, and is the same for those that are counted together.</summary>
    public long Order => ((long)Day << 16) | ((long)Verdict << 8) | (long)Passage;
}

/// <summary>Flows by the day of their start. The latest days are kept apart, the others are one, so that clocks that
/// are wrong cost no memory. What it holds depends on what was added, not on the order.</summary>
internal sealed class DayCounts : IArchived
{
    /// <summary>Days that are kept apart, the latest: a year and a month.</summary>
    public const int MaximumDays = 400;

    /// <summary>Stands for all days before those.</summary>
    public const int Earlier = -1;

    private static readonly Comparer<DayCount> Order =
        Comparer<DayCount>.Create(static (one, other) => one.Order.CompareTo(other.Order));

    /// <summary>In <see cref="Order"/>, none like another.</summary>
    private readonly List<DayCount> _counts = [];

    private int _days;

    /// <summary>By day, verdict and passage; those of <see cref="Earlier"/> first.</summary>
    public IReadOnlyList<DayCount> All => _counts;

    public void Add(DayCount count)
    {
        if (_days == MaximumDays && count.Day < FirstDay)
            count = count with { Day = Earlier };
        var index = _counts.BinarySearch(count, Order);
        if (index >= 0)
        {
            _counts[index] = count with { Flows = _counts[index].Flows + count.Flows };
            return;
        }

        var isNewDay = count.Day != Earlier && !HasDay(~index - 1, count.Day) && !HasDay(~index, count.Day);
        _counts.Insert(~index, count);
        if (isNewDay && ++_days > MaximumDays)
            JoinFirstDay();
    }

    /// <summary>Adds <paramref name="other"/>, which is not changed.</summary>
    /// <param name="other">Other flows.</param>
    /// <param name="verdict">The verdict that its flows get; null to keep their own.</param>
    public void UnionWith(DayCounts other, Verdict? verdict)
    {
        foreach (var count in other._counts)
            Add(count with { Verdict = verdict ?? count.Verdict });
    }

    public void Persist(StateArchive archive)
    {
        foreach (var count in archive.Members(archive.IsLoading ? [] : _counts, static (archive, count) =>
            new DayCount(archive.Index(count.Day + 1, DateOnly.MaxValue.DayNumber + 1) - 1,
                archive.Word(count.Verdict), archive.Word(count.Passage), archive.Number(count.Flows))))
        {
            archive.Require(count.Flows > 0, "flows of a day are none");
            Add(count);
        }
    }

    private int FirstDay => _counts[FirstIndex].Day;

    private int FirstIndex => _counts.FindIndex(static count => count.Day != Earlier);

    private bool HasDay(int index, int day) => index >= 0 && index < _counts.Count && _counts[index].Day == day;

    private void JoinFirstDay()
    {
        var first = FirstIndex;
        var day = _counts[first].Day;
        var joined = _counts.Skip(first).TakeWhile(count => count.Day == day).ToList();
        _counts.RemoveRange(first, joined.Count);
        _days--;
        foreach (var count in joined)
            Add(count with { Day = Earlier });
    }
}
