namespace PortAudit.Audit.Yaml;

/// <summary>How grave a <see cref="Diagnostic"/> is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth knowing; the file is used as it stands.</summary>
    Warning,

    /// <summary>The file cannot be used.</summary>
    Error,
}

/// <summary>Something wrong in a catalog or site file, where it is, and what to do.</summary>
/// <param name="Severity">How grave it is.</param>
/// <param name="File">Path of the file as the user would recognise it.</param>
/// <param name="Line">Line, the first is 1; 0 when it concerns the whole file.</param>
/// <param name="Column">Column, the first is 1; 0 when it concerns the whole file.</param>
/// <param name="Message">What is wrong, one sentence.</param>
/// <param name="Suggestion">What to write instead; null when there is nothing to suggest.</param>
public sealed record Diagnostic(DiagnosticSeverity Severity, string File, int Line, int Column, string Message,
    string? Suggestion = null)
{
    /// <summary>One line: <c>FILE:LINE:COLUMN: message; suggestion</c>.</summary>
    public override string ToString()
    {
        var where = Line > 0 ? $"{File}:{Line}:{Column}" : File;
        return Suggestion is null ? $"{where}: {Message}" : $"{where}: {Message}; {Suggestion}";
    }
}
