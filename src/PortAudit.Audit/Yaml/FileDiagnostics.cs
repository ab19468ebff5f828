namespace PortAudit.Audit.Yaml;

/// <summary>Gathers what is wrong in one file.</summary>
/// <param name="file">Path of the file as the user would recognise it.</param>
internal sealed class FileDiagnostics(string file)
{
    /// <summary>Diagnostics shown for one file: more than this and the cause is one thing that went wrong
    /// early.</summary>
    public const int MaxShown = 200;

    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>Path of the file as the user would recognise it.</summary>
    public string File => file;

    /// <summary>True when more was noted than is shown, so that nothing more has to be worked out for a
    /// message.</summary>
    public bool IsFull => _diagnostics.Count > MaxShown;

    public bool HasErrors { get; private set; }

    public void Error(TextPosition position, string message, string? suggestion = null)
    {
        HasErrors = true;
        Add(DiagnosticSeverity.Error, position, message, suggestion);
    }

    public void Warning(TextPosition position, string message, string? suggestion = null) =>
        Add(DiagnosticSeverity.Warning, position, message, suggestion);

    /// <summary>Hands over what was noted, in the order of the file, errors before the limit is applied to
    /// warnings.</summary>
    public void MoveTo(ICollection<Diagnostic> diagnostics)
    {
        var shown = _diagnostics
            .OrderByDescending(diagnostic => diagnostic.Severity)
            .Take(MaxShown)
            .OrderBy(diagnostic => diagnostic.Line)
            .ThenBy(diagnostic => diagnostic.Column);
        foreach (var diagnostic in shown)
            diagnostics.Add(diagnostic);
        if (_diagnostics.Count > MaxShown)
            diagnostics.Add(new Diagnostic(DiagnosticSeverity.Warning, file, 0, 0,
                $"{_diagnostics.Count - MaxShown} more problems are not shown"));
        _diagnostics.Clear();
    }

    private void Add(DiagnosticSeverity severity, TextPosition position, string message, string? suggestion) =>
        _diagnostics.Add(new Diagnostic(severity, file, position.Line, position.Column, message, suggestion));
}
