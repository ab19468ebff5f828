namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>How far the conversations of a control protocol could be followed.</summary>
/// <param name="Protocol">Registry name of the protocol.</param>
/// <param name="Flows">Flows that were followed.</param>
/// <param name="Announcements">Announcements that they made, repetitions included.</param>
/// <param name="Hidden">Flows of which encryption hid the rest.</param>
/// <param name="NotRead">Messages, or announcements in them, that were beyond a limit.</param>
/// <param name="Skipped">Flows that were not followed, or not to their end, because a bound was reached.</param>
public sealed record ControlChannelCount(string Protocol, long Flows, long Announcements, long Hidden, long NotRead,
    long Skipped);
