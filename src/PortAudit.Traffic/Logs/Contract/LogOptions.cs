namespace PortAudit.Traffic.Logs.Contract;

/// <summary>How logs are read.</summary>
public sealed record LogOptions
{
    /// <summary>Maps a file to a capture point.</summary>
    public Func<string, string> CapturePointOf { get; init; } = _ => "";

    /// <summary>Number of the first log among the captures of the run.</summary>
    public int FirstCapture { get; init; }

    /// <summary>Start of the first flows read, in nanoseconds since the Unix epoch; null for no limit.</summary>
    public long? SinceNs { get; init; }

    /// <summary>Start from which on no flow is read; null for no limit.</summary>
    public long? UntilNs { get; init; }

    /// <summary>True for a flow that starts in the time.</summary>
    internal bool Takes(long startNs) => startNs >= (SinceNs ?? long.MinValue) && !(startNs >= UntilNs);
}
