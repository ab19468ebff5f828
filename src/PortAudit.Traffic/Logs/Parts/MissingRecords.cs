namespace PortAudit.Traffic.Logs.Parts;

/// <summary>Times for which an interface has no records, although packets may have passed: that none is there then
/// says nothing.</summary>
internal sealed class MissingRecords
{
    /// <summary>Times kept; with more, every silence is unexplained.</summary>
    public const int Maximum = 100_000;

    private readonly Dictionary<int, List<(long FromNs, long ToNs)>> _times = [];

    /// <summary>Number of times.</summary>
    public long Count { get; private set; }

    /// <summary>Start of the first; null without any.</summary>
    public long? FirstNs { get; private set; }

    /// <summary>End of the last; null without any.</summary>
    public long? LastNs { get; private set; }

    /// <summary>The times of all interfaces; one from the first to the last when there were too many.</summary>
    public IEnumerable<(long FromNs, long ToNs)> Times => Count > Maximum
        ? [(FirstNs!.Value, LastNs!.Value)]
        : _times.Values.SelectMany(times => times);

    /// <summary>Adds a time.</summary>
    public void Add(int sensor, long fromNs, long toNs)
    {
        Count++;
        FirstNs = Math.Min(FirstNs ?? fromNs, fromNs);
        LastNs = Math.Max(LastNs ?? toNs, toNs);
        if (Count > Maximum)
            return;
        if (!_times.TryGetValue(sensor, out var times))
            _times.Add(sensor, times = []);
        times.Add((fromNs, toNs));
    }

    /// <summary>True when records that belong to a conversation may be missing.</summary>
    /// <param name="sensor">Its interface.</param>
    /// <param name="startNs">Its start.</param>
    /// <param name="endNs">Its end.</param>
    /// <param name="waitNs">How long after it an answer may come.</param>
    public bool Touches(int sensor, long startNs, long endNs, long waitNs)
    {
        if (Count > Maximum)
            return true;
        if (!_times.TryGetValue(sensor, out var times))
            return false;
        foreach (var (fromNs, toNs) in times)
        {
            if (fromNs - waitNs <= endNs && toNs + waitNs >= startNs)
                return true;
        }

        return false;
    }
}
