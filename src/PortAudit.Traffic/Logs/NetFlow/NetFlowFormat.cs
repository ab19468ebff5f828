using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.NetFlow;

/// <summary>Export datagrams of NetFlow and IPFIX in files.</summary>
internal sealed class NetFlowFormat : ILogFormat
{
    /// <inheritdoc />
    public LogSource Source => LogSource.NetFlow;

    /// <inheritdoc />
    public string WithoutFlows => "which holds no flows";

    /// <inheritdoc />
    public LogContent? TryRecognise(ReadOnlySpan<byte> start) => NetFlowStart.TryRecognise(start);

    /// <inheritdoc />
    public ILogReading Begin(LogOptions options, Action<FlowRecord, Outcome> sink) => new NetFlowReading(options, sink);
}
