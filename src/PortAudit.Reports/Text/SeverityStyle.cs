using PortAudit.Audit.Findings;
using Spectre.Console;

namespace PortAudit.Reports.Text;

/// <summary>Colour that goes with the word of a severity, from the sixteen that every terminal has.</summary>
internal static class SeverityStyle
{
    public static Style Of(Severity severity) => severity switch
    {
        Severity.Critical => new Style(Color.White, Color.Maroon, Decoration.Bold),
        Severity.High => new Style(Color.Red, decoration: Decoration.Bold),
        Severity.Medium => new Style(Color.Yellow, decoration: Decoration.Bold),
        Severity.Low => new Style(Color.Aqua),
        Severity.Info => Style.Plain,
    };
}
