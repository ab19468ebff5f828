namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>What identifies an observation domain (RFC 7011 §2; the source ID of v9) within a capture point.</summary>
/// <param name="Point">Name of the capture point.</param>
/// <param name="Version">Version of its datagrams.</param>
/// <param name="Number">Its number.</param>
internal readonly record struct DomainKey(string Point, ushort Version, uint Number);

/// <summary>What one observation domain said of itself: its templates, its clock, and how it samples.</summary>
internal sealed class ExportDomain
{
    /// <summary>Half a second more than header times that are cut to whole seconds differ, in nanoseconds.</summary>
    private const long StepNs = 1_500_000_000;

    private const long NsPerMs = 1_000_000;

    private long? _bootNs;

    /// <summary>Templates by identifier.</summary>
    public Dictionary<ushort, ExportTemplate> Templates { get; } = [];

    /// <summary>When the exporter started by its own word (systemInitTimeMilliseconds), in nanoseconds since the Unix
    /// epoch; null when not said.</summary>
    public long? InitNs { get; set; }

    /// <summary>One packet in so many was looked at; 0 and 1 for all.</summary>
    public long Sampling { get; set; }

    /// <summary>Its sequence numbers in the file that is read; null before the first.</summary>
    public SequenceNumbers? Sequence { get; set; }

    /// <summary>Notes the clock in a header. That of v9 is cut to seconds while the time since the start is in
    /// milliseconds, so the latest start among those of the headers is the nearest, unless the clock was set.</summary>
    public void NoteClock(in ExportHeader header)
    {
        if (header.Version == ExportHeader.Ipfix)
            return;
        var bootNs = header.TimeNs - (header.UptimeMs * NsPerMs);
        var isWhole = header.Version != 9;
        if (isWhole || _bootNs is not { } known || bootNs > known || bootNs < known - StepNs)
            _bootNs = bootNs;
    }

    /// <summary>The time of an uptime, in nanoseconds since the Unix epoch. It wraps around after 49.7 days, so it is
    /// taken as the one nearest to the header's.</summary>
    public long? TimeOf(uint uptimeMs, in ExportHeader header)
    {
        if (header.Version == ExportHeader.Ipfix)
            return InitNs is { } initNs ? initNs + Unwrapped(uptimeMs, (header.TimeNs - initNs) / NsPerMs) : null;
        return _bootNs + ((header.UptimeMs + (long)unchecked((int)(uptimeMs - header.UptimeMs))) * NsPerMs);
    }

    /// <summary>Time since the start nearest to that of the export, in nanoseconds.</summary>
    private static long Unwrapped(uint uptimeMs, long exportMs) =>
        (exportMs + unchecked((int)(uptimeMs - (uint)exportMs))) * NsPerMs;
}
