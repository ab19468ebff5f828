namespace PortAudit.Traffic.Announcements;

/// <summary>A control protocol in <see cref="DynamicPortTrackers"/>.</summary>
/// <param name="Protocol">Its registry name.</param>
/// <param name="Begin">Makes the tracker of a conversation.</param>
internal sealed record TrackerRow(string Protocol, Func<IDynamicPortTracker> Begin);
