using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Policies;

/// <summary>Reads configurations of firewalls.</summary>
public static class PolicyReader
{
    /// <summary>Reads a file of any format of <see cref="PolicyFormat.All"/>, told apart by content. Never throws for
    /// what the file holds.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="format">Name of the format; null to recognise it.</param>
    /// <param name="known">Addresses of names that the file does not define.</param>
    /// <param name="diagnostics">Receives why a file cannot be read.</param>
    /// <returns>The policy; null when a diagnostic is an error.</returns>
    public static Policy? Read(string path, string? format, KnownAddresses known,
        ICollection<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (ConfigurationText.Read(path, diagnostics) is not { } text)
            return null;
        if (text.Lines.All(string.IsNullOrWhiteSpace))
            return Refuse("is empty", null);
        var row = format is null
            ? PolicyFormat.All.FirstOrDefault(row => row.Recognises(text))
            : PolicyFormat.All.FirstOrDefault(row => row.Name == format);
        return row is not null
            ? row.Read(text.With(known))
            : Refuse("is no configuration of a known firewall",
                $"known: {string.Join("; ", PolicyFormat.All.Select(known => known.Title))}");

        Policy? Refuse(string why, string? suggestion)
        {
            diagnostics.Add(new Diagnostic(DiagnosticSeverity.Error, path, 0, 0, why, suggestion));
            return null;
        }
    }
}
