namespace PortAudit.Traffic.Capture;

/// <summary>Version of a Network Monitor file and its record layout. Version 1: <c>CAPTUREFILE_HEADER</c> in STRUCT.H
/// of Microsoft's Bhfile.zip; 2.0 to 2.3: "Capture File Format" in the help of Network Monitor 3.4.</summary>
/// <param name="Major">1 or 2.</param>
/// <param name="Minor">0 to 3.</param>
internal readonly record struct NetworkMonitorVersion(byte Major, byte Minor)
{
    private const int LastMajor = 2;

    /// <summary>True for known layouts. Minor versions beyond 2.3 were never written.</summary>
    public bool IsKnown => Major is > 0 and <= LastMajor;

    /// <summary>Bytes before the frame.</summary>
    public int RecordHeaderLength => Major == 1 ? 8 : 16;

    /// <summary>Bytes after the frame: from 2.1 the network type (2), from 2.2 an index of processes (4), from 2.3 the
    /// time in UTC (8) and an index of time zones (1).</summary>
    public int TrailerLength => (Major, Minor) switch
    {
        (1, _) or (2, 0) => 0,
        (2, 1) => 2,
        (2, 2) => 6,
        _ => 15,
    };

    /// <summary>True when every frame has its own network type.</summary>
    public bool HasNetworkPerFrame => TrailerLength > 0;

    public bool HasUtc => Major == LastMajor && Minor >= 3;

    /// <summary>Decimal digits of a second in timestamps.</summary>
    public int TimestampDigits => Major == 1 ? 3 : HasUtc ? 7 : 6;

    /// <inheritdoc />
    public override string ToString() => $"Network Monitor {Major}.{Minor}";
}
