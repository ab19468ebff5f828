using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Export datagrams in captures. A capture is not recognised as one: the user asks for them.</summary>
internal sealed class CapturedExportFormat : ILogFormat
{
    /// <inheritdoc />
    public LogSource Source => LogSource.NetFlow;

    /// <inheritdoc />
    public string WithoutFlows => "which holds no flows";

    /// <inheritdoc />
    public LogContent? TryRecognise(ReadOnlySpan<byte> start) => null;

    /// <inheritdoc />
    public ILogReading Begin(LogOptions options, Action<FlowRecord, Outcome> sink) =>
        new CapturedExportReading(options, sink);
}

/// <summary>A capture that is read for export datagrams.</summary>
internal sealed record CapturedExportContent : LogContent
{
    private static readonly LogSource NetFlow = InFrames(LogSource.NetFlow);
    private static readonly LogSource Ipfix = InFrames(LogSource.Ipfix);
    private static readonly LogSource Nsel = InFrames(LogSource.Nsel);

    /// <inheritdoc />
    public override string Format => "NetFlow and IPFIX datagrams in a capture";

    /// <inheritdoc />
    public override LogSource Source => NetFlow;

    /// <inheritdoc />
    public override bool HasFlows => true;

    /// <inheritdoc />
    public override bool IsRead => true;

    /// <summary>A source whose rows are frames of a capture.</summary>
    public static LogSource InFrames(LogSource source, bool isEvent) =>
        isEvent ? Nsel : source == LogSource.Ipfix ? Ipfix : NetFlow;

    private static LogSource InFrames(LogSource source) => source with { RowName = "frame" };
}
