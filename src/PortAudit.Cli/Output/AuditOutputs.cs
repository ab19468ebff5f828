using System.Collections.Immutable;
using PortAudit.Cli.Terminal;
using PortAudit.Reports;
using PortAudit.Reports.Baseline;

namespace PortAudit.Cli.Output;

/// <summary>Everything that a run writes besides its text, opened before anything is read.</summary>
internal sealed class AuditOutputs : IDisposable
{
    private readonly ImmutableArray<(ReportFormat Format, AuditOutput Output)> _reports;

    private AuditOutputs(ImmutableArray<(ReportFormat Format, AuditOutput Output)> reports, AuditOutput? evidence,
        AuditOutput? state) =>
        (_reports, Evidence, State) = (reports, evidence, state);

    /// <summary>The file of evidence; null if none.</summary>
    public AuditOutput? Evidence { get; }

    /// <summary>The file of what was judged; null if none.</summary>
    public AuditOutput? State { get; }

    public bool TakeStandardOutput =>
        Evidence is { IsStandardOutput: true } || State is { IsStandardOutput: true }
            || _reports.Any(report => report.Output.IsStandardOutput);

    public bool NeedCaptureHashes => _reports.Any(report => report.Format.NamesCaptureHashes);

    public bool NeedTimelines => State is not null || _reports.Any(report => report.Format.ShowsTimelines);

    /// <summary>True when a report shows the packets that prove findings.</summary>
    public bool NeedPackets => _reports.Any(report => report.Format.ShowsPackets);

    /// <summary>Opens the outputs.</summary>
    /// <returns>Null, with a line in the log, when one of them cannot be written.</returns>
    public static AuditOutputs? TryOpen(ImmutableArray<(ReportFormat Format, string Path)> reports, string? evidence,
        string? state, CommandEnvironment environment, DiagnosticLog log)
    {
        var opened = new List<(ReportFormat Format, AuditOutput Output)>();
        AuditOutput? evidenceOutput = null;
        AuditOutput? stateOutput = null;
        var isComplete = reports.All(report =>
        {
            if (AuditOutput.TryOpen(report.Path, environment, log) is not { } output)
                return false;
            opened.Add((report.Format, output));
            return true;
        });
        if (isComplete && evidence is not null)
            isComplete = (evidenceOutput = AuditOutput.TryOpen(evidence, environment, log)) is not null;
        if (isComplete && state is not null)
            isComplete = (stateOutput = AuditOutput.TryOpen(state, environment, log)) is not null;

        var outputs = new AuditOutputs([.. opened], evidenceOutput, stateOutput);
        if (isComplete)
            return outputs;
        outputs.Dispose();
        return null;
    }

    /// <summary>Writes the reports; one that fails does not keep the others from being written.</summary>
    public ExitCode WriteReports(AuditRun run, DiagnosticLog log)
    {
        var code = ExitCode.Success;
        foreach (var (format, output) in _reports)
        {
            if (!output.WriteText(writer => format.Write(run, writer), log))
                code = ExitCode.Usage;
        }

        return code;
    }

    public void Dispose()
    {
        foreach (var (_, output) in _reports)
            output.Dispose();
        Evidence?.Dispose();
        State?.Dispose();
    }
}
