using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.State;

/// <summary>How an observation is persisted.</summary>
internal static class ObservationContent
{
    private static readonly ObservationSummary Blank = new()
    {
        Captures = [],
        Points = [],
        DecodeStops = [],
        FlowsEvicted = 0,
        IdentificationsSkipped = 0
    };

    private static readonly PointSummary BlankPoint = new("", 0, 0, 0, null, null, []);

    /// <summary>What was read. The frames of everything that follows are of its captures.</summary>
    public static ObservationSummary Observation(this StateArchive archive, ObservationSummary? observation)
    {
        var own = observation ?? Blank;
        var captures = archive.Array(own.Captures, CaptureContent.Capture);
        archive.Captures = captures.Length;
        return own with
        {
            Captures = captures,
            CapturesWithoutDetail = archive.Index(own.CapturesWithoutDetail, captures.Length),
            Points = archive.Array(own.Points, Point),
            DecodeStops = archive.Array(own.DecodeStops, Stop),
            LinkProtocols = archive.Array(own.LinkProtocols, Link),
            Vlans = Breakdown(archive, own.Vlans),
            Tunnels = Breakdown(archive, own.Tunnels),
            FlowsEvicted = archive.Number(own.FlowsEvicted),
            Fragments = Fragments(archive, own.Fragments),
            PointsMerged = archive.Number(own.PointsMerged),
            PacketsOfOtherTunnels = archive.Number(own.PacketsOfOtherTunnels),
            IdentificationsSkipped = archive.Number(own.IdentificationsSkipped),
            Announcements = archive.Array(own.Announcements, AnnouncementContent.Use),
            AnnouncementsForgotten = archive.Number(own.AnnouncementsForgotten),
            ControlChannels = archive.Array(own.ControlChannels, Channel),
            Names = archive.Array(own.Names, Name),
            NameSightingsNotKept = archive.Number(own.NameSightingsNotKept),
            FlowsReadInPartForNames = archive.Number(own.FlowsReadInPartForNames),
            HopLimitsNotKept = archive.Number(own.HopLimitsNotKept),
            FlowsNotTraced = archive.Number(own.FlowsNotTraced),
            BehavioursNotKept = archive.Number(own.BehavioursNotKept),
            Shed = new ShedCounts(archive.Number(own.Shed.Names), archive.Number(own.Shed.Identifications)),
        };
    }

    private static PointSummary Point(StateArchive archive, PointSummary? point)
    {
        var own = point ?? BlankPoint;
        return new PointSummary(
            archive.Text(own.Name),
            archive.Number(own.Packets),
            archive.Number(own.Bytes),
            archive.Number(own.CutPackets),
            archive.NumberOrNull(own.FirstNs),
            archive.NumberOrNull(own.LastNs),
            archive.Texts(own.Filters))
        {
            Dropped = archive.Number(own.Dropped),
            HeadersCut = archive.Number(own.HeadersCut),
            Duplicates = archive.Number(own.Duplicates),
            Flows = archive.Number(own.Flows),
            FlowBytes = archive.Number(own.FlowBytes),
            SampledFlows = archive.Number(own.SampledFlows),
            EncryptedFlows = archive.Number(own.EncryptedFlows),
            EncryptedBytes = archive.Number(own.EncryptedBytes),
            Clock = CaptureContent.Clock(archive, own.Clock),
            Streams = archive.Stream(own.Streams),
            HolesClosedEarly = archive.Number(own.HolesClosedEarly),
        };
    }

    private static DecodeStopCount Stop(StateArchive archive, DecodeStopCount? own) => new(
        archive.Word(own?.Layer ?? default), archive.Word(own?.Reason ?? default), archive.Number(own?.Packets ?? 0),
        archive.Frame(own?.First ?? default));

    private static LinkProtocolCount Link(StateArchive archive, LinkProtocolCount? own) => new(
        archive.Word(own?.Protocol ?? default), archive.Number(own?.Packets ?? 0),
        archive.Frame(own?.First ?? default));

    private static FlowBreakdown Breakdown(StateArchive archive, FlowBreakdown own) =>
        new(archive.Array(own.Listed, Sum), Sum(archive, own.NotListed));

    private static FlowSum Sum(StateArchive archive, FlowSum? own) => new(
        archive.Text(own?.Name ?? ""), archive.Number(own?.Flows ?? 0), archive.Number(own?.Packets ?? 0),
        archive.Number(own?.Bytes ?? 0));

    private static FragmentCounts Fragments(StateArchive archive, FragmentCounts own) => new(
        archive.Number(own.Reassembled), archive.Number(own.Incomplete), archive.Number(own.Overlapping),
        archive.Number(own.Evicted), archive.Number(own.Unassigned));

    private static ControlChannelCount Channel(StateArchive archive, ControlChannelCount? own) => new(
        archive.Text(own?.Protocol ?? ""),
        archive.Number(own?.Flows ?? 0),
        archive.Number(own?.Announcements ?? 0),
        archive.Number(own?.Hidden ?? 0),
        archive.Number(own?.NotRead ?? 0),
        archive.Number(own?.Skipped ?? 0));

    private static NameSighting Name(StateArchive archive, NameSighting? own) => new(
        archive.Address(own?.Address ?? default),
        archive.Text(own?.Name ?? ""),
        archive.Word(own?.Basis ?? default),
        archive.Number(own?.Sightings ?? 0),
        archive.NumberOrNull(own?.FirstNs),
        archive.NumberOrNull(own?.LastNs));
}
