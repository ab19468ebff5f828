using PortAudit.Traffic.Records;

namespace PortAudit.Audit.State;

/// <summary>How what is known of flow logs is persisted.</summary>
internal static class LogContent
{
    /// <summary>The row that is a flow.</summary>
    public static LogOrigin Origin(StateArchive archive, LogOrigin? own) => new(
        Source(archive, own?.Source),
        archive.Text(own?.Identifier ?? ""),
        archive.Number(own?.Line ?? 0))
    {
        IsSampled = archive.Flag(own?.IsSampled ?? false),
    };

    /// <summary>What wrote a log.</summary>
    public static LogSource Source(StateArchive archive, LogSource? own) =>
        new(archive.Text(own?.Name ?? ""), archive.Text(own?.IdentifierName ?? ""))
        {
            RowName = archive.Text(own?.RowName ?? ""),
            HoldsSamples = archive.Flag(own?.HoldsSamples ?? false),
            KnowsPayload = archive.Flag(own?.KnowsPayload ?? false),
            KnowsAnnouncements = archive.Flag(own?.KnowsAnnouncements ?? false),
            KnowsResets = archive.Flag(own?.KnowsResets ?? false),
            KnowsIcmpErrors = archive.Flag(own?.KnowsIcmpErrors ?? false),
            KnowsHandshakes = archive.Flag(own?.KnowsHandshakes ?? false),
            KnowsAnswers = archive.Flag(own?.KnowsAnswers ?? false),
            KnowsFrames = archive.Flag(own?.KnowsFrames ?? false),
            KnowsPayloadBytes = archive.Flag(own?.KnowsPayloadBytes ?? false),
            KnowsStartTls = archive.Flag(own?.KnowsStartTls ?? false),
            KnowsByteTimes = archive.Flag(own?.KnowsByteTimes ?? false),
        };
}
