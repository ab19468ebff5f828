using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Zeek;

/// <summary>Zeek's logs: tab-separated, or JSON lines.</summary>
internal sealed class ZeekFormat : ILogFormat
{
    /// <inheritdoc />
    public LogSource Source => LogSource.Zeek;

    /// <inheritdoc />
    public string WithoutFlows =>
        "and no conn log is among the inputs: connections come from conn.log; name it as well";

    /// <inheritdoc />
    public LogContent? TryRecognise(ReadOnlySpan<byte> start) => ZeekStart.TryRecognise(start);

    /// <inheritdoc />
    public ILogReading Begin(LogOptions options, Action<FlowRecord, Outcome> sink) => new ZeekReading(options, sink);
}
