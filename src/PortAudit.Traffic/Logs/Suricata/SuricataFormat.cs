using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Suricata;

/// <summary>Suricata's EVE log: JSON lines.</summary>
internal sealed class SuricataFormat : ILogFormat
{
    /// <summary>What a log without flows lacks.</summary>
    public const string NoFlows =
        "no flow events: let Suricata write events of type 'flow' or 'netflow', or name the file that holds them";

    /// <inheritdoc />
    public LogSource Source => LogSource.Suricata;

    /// <inheritdoc />
    public string WithoutFlows => $"with {NoFlows}";

    /// <inheritdoc />
    public LogContent? TryRecognise(ReadOnlySpan<byte> start) => SuricataStart.TryRecognise(start);

    /// <inheritdoc />
    public ILogReading Begin(LogOptions options, Action<FlowRecord, Outcome> sink) =>
        new SuricataReading(options, sink);
}
