using PortAudit.Audit.Learned;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Json;

namespace PortAudit.Cli.Output;

/// <summary>Writes a baseline to a file, or to standard output.</summary>
internal static class BaselineOutput
{
    /// <summary>False, with a line in the log, when it cannot be written: a file that was there stays as it
    /// is.</summary>
    public static bool Write(LearnedTraffic learned, AuditOutput output, DiagnosticLog log) =>
        output.WriteText(writer => LearnedJson.Write(learned, ProgramVersion.Text, writer), log);
}
