using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Nfdump;

/// <summary>Records of NetFlow and IPFIX as nfdump prints them: <c>-o json</c> and <c>-o ndjson</c>.</summary>
internal sealed class NfdumpFormat : ILogFormat
{
    /// <inheritdoc />
    public LogSource Source => LogSource.Nfdump;

    /// <inheritdoc />
    public string WithoutFlows => "which holds no flows";

    /// <inheritdoc />
    public LogContent? TryRecognise(ReadOnlySpan<byte> start) => NfdumpStart.TryRecognise(start);

    /// <inheritdoc />
    public ILogReading Begin(LogOptions options, Action<FlowRecord, Outcome> sink) => new NfdumpReading(options, sink);
}
