using PortAudit.Traffic.Records;

namespace PortAudit.Audit.State;

/// <summary>How the source of a flow log is persisted: by name.</summary>
internal static class LogContent
{
    /// <summary>A source; null for none, and for one that this program does not know.</summary>
    public static LogSource? Source(StateArchive archive, LogSource? own) =>
        archive.TextOrNull(own?.Name) is { } name ? LogSource.Find(name) : null;
}
