namespace PortAudit.Reports.Text;

/// <summary>How the text report is written.</summary>
/// <param name="Width">Columns of a line; text wraps there.</param>
/// <param name="Color">True to add colour. No meaning rests on it.</param>
/// <param name="Verbose">True to list every rule by name, those too that do not apply, and every finding.</param>
public sealed record TextReportOptions(int Width, bool Color, bool Verbose)
{
    /// <summary>Narrower terminals get lines of this length, which they wrap themselves.</summary>
    public const int MinimumWidth = 40;

    /// <summary>Wider terminals get lines of this length: longer ones are hard to read.</summary>
    public const int MaximumWidth = 160;
}
