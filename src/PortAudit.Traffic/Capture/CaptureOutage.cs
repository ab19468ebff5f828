namespace PortAudit.Traffic.Capture;

/// <summary>A time in which an interface of a live capture was away: what passed there meanwhile is in no packet and no counter.</summary>
/// <param name="Interface">Index into the interfaces of the capture.</param>
/// <param name="Name">Name of the interface; null where it has none.</param>
/// <param name="FromNs">When it was missed, in nanoseconds since the Unix epoch.</param>
/// <param name="ToNs">When it was captured again; null when it was not until the capture ended.</param>
/// <param name="Reason">What was wrong, a clause without the interface's name; it may hold the system's text.</param>
public sealed record CaptureOutage(int Interface, string? Name, long FromNs, long? ToNs, string Reason);
