using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PortAudit.Audit.Behaviour;

namespace PortAudit.Learning.Examples;

/// <summary>What a capture is for.</summary>
internal enum CaptureUse
{
    /// <summary>Models are trained on it.</summary>
    Train,

    /// <summary>Models are measured on it, once.</summary>
    Measure,

    /// <summary>It was used before: what shares a flow with it is not measured on.</summary>
    Exclude,
}

/// <summary>A capture to learn from.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Group">The site, tool or family of captures that it belongs to.</param>
/// <param name="Use">What it is for.</param>
/// <param name="Kind">What all its flows are known to be, as nothing else was recorded; null when their bytes have to
/// prove it.</param>
internal sealed record GroupedCapture(string Path, string Group, CaptureUse Use, BehaviourKind? Kind = null);

/// <summary>The list of what to learn from.</summary>
/// <param name="Captures">The captures.</param>
/// <param name="ExampleFiles">Full paths of files with training examples (<see cref="ExampleFile"/>).</param>
internal sealed record CaptureManifest(ImmutableArray<GroupedCapture> Captures, ImmutableArray<string> ExampleFiles)
{
    /// <summary>Reads a manifest. False with the reason when it cannot be used.</summary>
    public static bool TryRead(string path, [NotNullWhen(true)] out CaptureManifest? manifest,
        [NotNullWhen(false)] out string? error)
    {
        (manifest, error) = (null, null);
        try
        {
            using var file = JsonDocument.Parse(File.ReadAllBytes(path));
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            ImmutableArray<string> examples = file.RootElement.TryGetProperty("examples", out var files)
                ? [.. files.EnumerateArray().Select(name => Path.Combine(folder, name.GetString()!))]
                : [];
            manifest = new CaptureManifest([.. file.RootElement.GetProperty("captures").EnumerateArray()
                .Select(capture => new GroupedCapture(Path.Combine(folder, capture.GetProperty("path").GetString()!),
                    capture.GetProperty("group").GetString()!, UseOf(capture), KindOf(capture)))], examples);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException
            or ArgumentException or IOException or UnauthorizedAccessException)
        {
            error = failure.Message;
        }

        if (manifest is { Captures.IsEmpty: true, ExampleFiles.IsEmpty: true })
            (manifest, error) = (null, "it lists no captures");
        return (error ??= manifest is null ? "it cannot be read" : null) is null;
    }

    private static CaptureUse UseOf(JsonElement capture) => !capture.TryGetProperty("use", out var use)
        ? CaptureUse.Train
        : use.GetString() switch
        {
            "train" => CaptureUse.Train,
            "measure" => CaptureUse.Measure,
            "exclude" => CaptureUse.Exclude,
            var other => throw new ArgumentException($"\"use\" is train, measure or exclude, not {other}"),
        };

    private static BehaviourKind? KindOf(JsonElement capture) => !capture.TryGetProperty("kind", out var kind)
        ? null
        : BehaviourKindText.Find(kind.GetString())
            ?? throw new ArgumentException($"{kind.GetString()} is no kind of behaviour");
}
