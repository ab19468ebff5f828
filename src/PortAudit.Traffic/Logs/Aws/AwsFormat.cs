using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Aws;

/// <summary>Flow logs of AWS: of VPCs, subnets, interfaces and transit gateways.</summary>
internal sealed class AwsFormat : ILogFormat
{
    /// <inheritdoc />
    public LogSource Source => LogSource.Aws;

    /// <inheritdoc />
    public string WithoutFlows => "so it holds no flows: add the field to the format of the flow log";

    /// <inheritdoc />
    public LogContent? TryRecognise(ReadOnlySpan<byte> start) => AwsStart.TryRecognise(start);

    /// <inheritdoc />
    public ILogReading Begin(LogOptions options, Action<FlowRecord, Outcome> sink) => new AwsReading(options, sink);
}
