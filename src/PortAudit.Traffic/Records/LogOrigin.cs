namespace PortAudit.Traffic.Records;

/// <summary>The row of a flow log that is a flow; its file is <see cref="FlowRecord.Capture"/>.</summary>
/// <param name="Source">What wrote the log.</param>
/// <param name="Identifier">The log's own identifier of the flow, at most <see cref="MaximumIdentifier"/> characters of
/// printable ASCII; empty without one.</param>
/// <param name="Line">Line of the file, from 1, or what else <see cref="LogSource.RowName"/> says.</param>
public sealed record LogOrigin(LogSource Source, string Identifier, long Line)
{
    /// <summary>Longest identifier kept: Zeek's have 18 characters, a UUID 36.</summary>
    public const int MaximumIdentifier = 64;

    /// <summary>True when a sample of the packets was counted: what it does not show may have passed.</summary>
    public bool IsSampled { get; init; }
}
