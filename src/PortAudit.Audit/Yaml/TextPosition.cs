namespace PortAudit.Audit.Yaml;

/// <summary>A position in a text file.</summary>
/// <param name="Line">Line, the first is 1; 0 for the file as a whole.</param>
/// <param name="Column">Column, the first is 1; 0 for the file as a whole.</param>
internal readonly record struct TextPosition(int Line, int Column)
{
    public static readonly TextPosition WholeFile;
}
