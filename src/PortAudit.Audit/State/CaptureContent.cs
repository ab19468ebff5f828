using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Capture.Ring;
using PortAudit.Traffic.Observation;

namespace PortAudit.Audit.State;

/// <summary>How what was read of a capture is persisted.</summary>
internal static class CaptureContent
{
    private static readonly CaptureSummary Blank =
        new("", "", 0, null, null, 0, [], new CaptureEnd(CaptureEndKind.Complete, 0, ""));

    public static CaptureSummary Capture(StateArchive archive, CaptureSummary? capture)
    {
        var own = capture ?? Blank;
        return new CaptureSummary(
            archive.Text(own.Path),
            archive.Text(own.Format),
            archive.Number(own.Packets),
            archive.NumberOrNull(own.FirstNs),
            archive.NumberOrNull(own.LastNs),
            archive.Octet((byte)own.TimestampDigits),
            archive.Array(own.UnreadLinks, Unread),
            new CaptureEnd(archive.Word(own.End.Kind), archive.Number(own.End.Offset), archive.Text(own.End.Reason)))
        {
            Annotations = Annotations(archive, own.Annotations),
            Clock = Clock(archive, own.Clock),
            Links = archive.Array(own.Links, Link),
            Points = archive.Texts(own.Points),
            Files = archive.Array(own.Files, File),
            Log = archive.Optional(own.Log, LogContent.Source),
            Rows = archive.Number(own.Rows),
        };
    }

    public static CaptureClock Clock(StateArchive archive, CaptureClock own) =>
        new(archive.Number(own.BackwardSteps), archive.Number(own.LargestBackwardNs),
            archive.Number(own.LargestForwardNs));

    private static CaptureAnnotations Annotations(StateArchive archive, CaptureAnnotations own) => new()
    {
        Damages = archive.Array(own.Damages, Damage),
        DamagesNotListed = archive.Number(own.DamagesNotListed),
        Drops = archive.Array(own.Drops, Drops),
        Names = archive.Array(own.Names, Name),
        NamesNotKept = archive.Number(own.NamesNotKept),
        Comments = archive.Array(own.Comments, Comment),
        CommentsNotKept = archive.Number(own.CommentsNotKept),
        Writers = archive.Array(own.Writers, Writer),
        WritersNotKept = archive.Number(own.WritersNotKept),
        Outages = archive.Array(own.Outages, Outage),
        OutagesNotListed = archive.Number(own.OutagesNotListed),
        Oddity = archive.TextOrNull(own.Oddity),
    };

    private static RingFile File(StateArchive archive, RingFile? own) => new(
        archive.Text(own?.Path ?? ""), archive.Number(own?.FirstFrame ?? 0), archive.Number(own?.Packets ?? 0),
        archive.Number(own?.FirstNs ?? 0), archive.Number(own?.LastNs ?? 0));

    private static CaptureOutage Outage(StateArchive archive, CaptureOutage? own) => new(
        archive.Count(own?.Interface ?? 0), archive.TextOrNull(own?.Name), archive.Number(own?.FromNs ?? 0),
        archive.NumberOrNull(own?.ToNs), archive.Text(own?.Reason ?? ""));

    private static UnreadLink Unread(StateArchive archive, UnreadLink? own) =>
        new(new LinkType(archive.Port(own?.LinkType.Value ?? 0)), archive.Number(own?.Packets ?? 0),
            archive.Number(own?.FirstFrame ?? 0));

    private static LinkCount Link(StateArchive archive, LinkCount? own) =>
        new(new LinkType(archive.Port(own?.LinkType.Value ?? 0)), archive.Number(own?.Packets ?? 0));

    private static CaptureDamage Damage(StateArchive archive, CaptureDamage? own) =>
        new(archive.Number(own?.Offset ?? 0), archive.Number(own?.Length ?? 0), archive.Text(own?.Reason ?? ""));

    private static InterfaceStatistics Drops(StateArchive archive,
        InterfaceStatistics? own) => new(archive.Count(own?.Interface ?? 0), archive.TextOrNull(own?.Name))
        {
            Received = archive.NumberOrNull(own?.Received),
            DroppedByInterface = archive.NumberOrNull(own?.DroppedByInterface),
            DroppedBySystem = archive.NumberOrNull(own?.DroppedBySystem),
            Accepted = archive.NumberOrNull(own?.Accepted),
            Delivered = archive.NumberOrNull(own?.Delivered),
            LostBetweenPackets = archive.NumberOrNull(own?.LostBetweenPackets),
        };

    private static CapturedName Name(StateArchive archive, CapturedName own) =>
        new(archive.Text(own.Address ?? ""), archive.Text(own.Name ?? ""));

    private static CaptureComment Comment(StateArchive archive, CaptureComment? own) =>
        new(archive.Word(own?.Subject ?? default), archive.Number(own?.Number ?? 0), archive.Text(own?.Text ?? ""));

    private static CaptureWriter Writer(StateArchive archive, CaptureWriter? own) =>
        new(archive.TextOrNull(own?.Hardware), archive.TextOrNull(own?.OperatingSystem),
            archive.TextOrNull(own?.Application));
}
