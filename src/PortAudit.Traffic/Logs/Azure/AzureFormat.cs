using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Azure;

/// <summary>Flow logs of Azure: of virtual networks and of network security groups.</summary>
internal sealed class AzureFormat : ILogFormat
{
    /// <inheritdoc />
    public LogSource Source => LogSource.Azure;

    /// <inheritdoc />
    public string WithoutFlows => "which holds no flows";

    /// <inheritdoc />
    public LogContent? TryRecognise(ReadOnlySpan<byte> start) => AzureStart.TryRecognise(start);

    /// <inheritdoc />
    public ILogReading Begin(LogOptions options, Action<FlowRecord, Outcome> sink) => new AzureReading(options, sink);
}
