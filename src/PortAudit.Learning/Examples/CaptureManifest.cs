using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace PortAudit.Learning.Examples;

/// <summary>A capture to learn from.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Group">The site or family of captures that it belongs to.</param>
/// <param name="IsHeldOut">True when its group is measured on and never trained on.</param>
internal sealed record GroupedCapture(string Path, string Group, bool IsHeldOut);

/// <summary>Reads the list of captures.</summary>
internal static class CaptureManifest
{
    /// <summary>Reads a manifest. False with the reason when it cannot be used.</summary>
    public static bool TryRead(string path, out ImmutableArray<GroupedCapture> captures,
        [NotNullWhen(false)] out string? error)
    {
        captures = [];
        error = null;
        try
        {
            using var file = JsonDocument.Parse(File.ReadAllBytes(path));
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            captures = [.. file.RootElement.GetProperty("captures").EnumerateArray().Select(capture =>
                new GroupedCapture(Path.Combine(folder, capture.GetProperty("path").GetString()!),
                    capture.GetProperty("group").GetString()!,
                    capture.TryGetProperty("held_out", out var isHeldOut) && isHeldOut.GetBoolean()))];
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException
            or ArgumentNullException or IOException or UnauthorizedAccessException)
        {
            error = failure.Message;
        }

        if (error is null && captures.IsEmpty)
            error = "it lists no captures";
        return error is null;
    }
}
