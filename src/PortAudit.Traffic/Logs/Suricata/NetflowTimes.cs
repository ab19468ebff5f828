namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>The time in which a capture point wrote <c>flow</c> events. Suricata writes both kinds of a flow at once,
/// so a <c>netflow</c> event of that time repeats one.</summary>
internal sealed class NetflowTimes
{
    private readonly Dictionary<string, (long FirstNs, long LastNs)> _times = new(StringComparer.Ordinal);

    /// <summary>Adds a <c>flow</c> event.</summary>
    public void Add(string point, EveEvent row)
    {
        if (row.TimeNs(EveField.Timestamp, out _) is not { } timeNs)
            return;
        var (first, last) = _times.GetValueOrDefault(point, (timeNs, timeNs));
        _times[point] = (Math.Min(first, timeNs), Math.Max(last, timeNs));
    }

    /// <summary>True when a <c>netflow</c> event is in the time.</summary>
    public bool Covers(string point, EveEvent row) => _times.TryGetValue(point, out var time)
        && row.TimeNs(EveField.Timestamp, out _) is { } timeNs && timeNs >= time.FirstNs && timeNs <= time.LastNs;
}
