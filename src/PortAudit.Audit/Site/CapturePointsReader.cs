using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Site;

/// <summary>Reads the capture points of a site.</summary>
/// <param name="segments">Segments that a point may see.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class CapturePointsReader(KnownNames segments, FileDiagnostics diagnostics)
{
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _interfaces = new(StringComparer.Ordinal);

    /// <summary>The points in the order of the file; faulty ones are skipped with a diagnostic.</summary>
    public ImmutableArray<CapturePoint> Read(ImmutableArray<YamlValue> items) =>
        [.. items.Select(ReadPoint).OfType<CapturePoint>()];

    private CapturePoint? ReadPoint(YamlValue item)
    {
        if (Fields.Of(item, "a capture point", diagnostics) is not { } fields)
            return null;
        var name = fields.RequiredText("name");
        var device = fields.OptionalText("interface");
        var files = fields.OptionalTexts("files");
        ImmutableArray<string> sees = [.. fields.OptionalTexts("sees")
            .Where(segment => segments.Check(segment, diagnostics)).Select(segment => segment.Text)];
        fields.Close();
        if (fields.Optional("interface") is null && fields.Optional("files") is null)
        {
            diagnostics.Error(
                fields.Position,
                "a capture point has neither 'interface' nor 'files'",
                "name the interface, or patterns of the files, that belong to it");
        }

        foreach (var pattern in files)
            CheckPattern(pattern);
        var isNew = name is not null && IsNew("capture point", name, _names);
        if (device is not null)
            isNew &= IsNew("interface", device, _interfaces);
        return isNew ? new CapturePoint(name!.Text, device?.Text, [.. files.Select(file => file.Text)], sees) : null;
    }

    private void CheckPattern(YamlText pattern)
    {
        var slash = pattern.Text.LastIndexOfAny(['/', '\\']);
        if (slash >= 0)
        {
            diagnostics.Error(
                pattern.Position,
                $"{Spelling.Quote(pattern.Text)} names a directory, patterns are over file names",
                $"write {Spelling.Quote(pattern.Text[(slash + 1)..])}");
        }
        else if (pattern.Text.AsSpan().ContainsAny("[]{}"))
            diagnostics.Error(pattern.Position, $"{Spelling.Quote(pattern.Text)} uses more than '*' and '?'",
                "list several patterns instead");
    }

    private bool IsNew(string what, YamlText name, Dictionary<string, int> lines)
    {
        if (lines.TryAdd(name.Text, name.Position.Line))
            return true;
        diagnostics.Error(name.Position,
            $"{what} {Spelling.Quote(name.Text)} is listed twice, first in line {lines[name.Text]}",
            "keep one of them");
        return false;
    }
}
