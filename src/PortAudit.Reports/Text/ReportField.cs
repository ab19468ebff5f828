using Spectre.Console;

namespace PortAudit.Reports.Text;

/// <summary>A label with its lines.</summary>
/// <param name="Label">The label.</param>
/// <param name="Lines">Lines, each wrapped on its own; without any the field is left out.</param>
/// <param name="Style">How the label looks; null for the usual way.</param>
internal sealed record ReportField(string Label, IReadOnlyList<string> Lines, Style? Style = null)
{
    /// <summary>True for what a reader copies character by character, such as a display filter.</summary>
    public bool IsCode { get; init; }

    /// <summary>A field of one line, left out when the line is empty.</summary>
    public ReportField(string label, string line)
        : this(label, line.Length == 0 ? [] : [line])
    {
    }
}
