using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Flows;

/// <summary>What announced a flow, as one text (design §7): <c>PROTOCOL[:SERVICE]@CAPTURE#FRAME</c>, with <c>-bind</c>
/// behind the protocol when the service was called by its name on the port itself.</summary>
internal static class AnnouncementText
{
    /// <summary>The text; null when nothing announced the flow.</summary>
    /// <param name="match">What announced it.</param>
    /// <param name="capturePaths">Paths in the order in which frames count them.</param>
    public static string? Of(AnnouncementMatch? match, ImmutableArray<string> capturePaths)
    {
        if (match?.Announcement is not { } announcement)
            return null;
        var channel = announcement.IsOnPortItself ? $"{announcement.AnnouncedBy}-bind" : announcement.AnnouncedBy;
        var service = announcement.Service is { } name ? $":{name}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{channel}{service}@{capturePaths[announcement.Frame.Capture]}#{announcement.Frame.Number}");
    }
}
