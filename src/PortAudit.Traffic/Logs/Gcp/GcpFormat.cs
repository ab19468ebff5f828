using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Gcp;

/// <summary>VPC Flow Logs and Firewall Rules Logging of Google Cloud, as Cloud Logging exports them.</summary>
internal sealed class GcpFormat : ILogFormat
{
    /// <inheritdoc />
    public LogSource Source => LogSource.Gcp;

    /// <inheritdoc />
    public string WithoutFlows => "which holds no flows";

    /// <inheritdoc />
    public LogContent? TryRecognise(ReadOnlySpan<byte> start) => GcpStart.TryRecognise(start);

    /// <inheritdoc />
    public ILogReading Begin(LogOptions options, Action<FlowRecord, Outcome> sink) => new GcpReading(options, sink);
}
