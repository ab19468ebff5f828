using PortAudit.Cli.Terminal;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Text;

namespace PortAudit.Cli.Output;

/// <summary>The text of a run, on standard output.</summary>
internal static class AuditText
{
    /// <summary>Writes the text. False, with a line in the log, when standard output does not take it: what goes to
    /// files is written all the same.</summary>
    /// <param name="run">The run.</param>
    /// <param name="environment">Gives standard output.</param>
    /// <param name="log">Receives errors.</param>
    /// <param name="color">When to use colour, as the user says it.</param>
    /// <param name="isQuiet">True to write the verdict alone.</param>
    /// <param name="isVerbose">True to write every rule by name.</param>
    public static bool TryWrite(AuditRun run, CommandEnvironment environment, DiagnosticLog log, string color,
        bool isQuiet, bool isVerbose)
    {
        try
        {
            var options = new TextReportOptions(environment.Width, environment.WantsColor(color), isVerbose);
            if (isQuiet)
                TextReport.WriteVerdict(run, environment.Output, options);
            else
                TextReport.Write(run, environment.Output, options);
            environment.Output.Flush();
            return true;
        }
        catch (StandardOutputException failure)
        {
            log.Error(StandardOutput.FailureText(failure));
            return false;
        }
    }
}
