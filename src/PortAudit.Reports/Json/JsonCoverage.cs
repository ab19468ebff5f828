using System.Text.Json;
using PortAudit.Audit.Coverage;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Writing;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Json;

/// <summary>Writes <c>coverage</c>: what the captures could see. It names no file, so that the same packets in other
/// files give the same text.</summary>
internal static class JsonCoverage
{
    /// <summary>The property <c>coverage</c>.</summary>
    public static void Write(JsonFields fields, AuditRun run)
    {
        var (coverage, observation, json) = (run.Report.Coverage, run.Report.Observation, fields.Writer);
        json.WriteStartObject("coverage");
        json.WriteBoolean("partial", run.IsPartial);
        json.WriteBoolean("interrupted", run.Interrupted);
        fields.Time("window_start", coverage.WindowStartNs);
        fields.Time("window_end", coverage.WindowEndNs);
        json.WriteNumber("packets", coverage.Packets);
        json.WriteNumber("bytes", coverage.Bytes);
        json.WriteNumber("flows", coverage.Flows);
        json.WriteNumber("one_way_flows", coverage.OneWayFlows);
        json.WriteNumber("cut_packets", coverage.CutPackets);
        fields.Strings("roles_seen", coverage.RolesSeen);
        fields.Strings("roles_silent", coverage.RolesSilent);
        fields.Strings("segments_seen", coverage.SegmentsSeen);
        fields.Objects("points", coverage.Points, point => WritePoint(fields, point));
        fields.Objects("decode_stops", observation.DecodeStops, stop => WriteStop(json, stop));
        json.WriteNumber("points_merged", observation.PointsMerged);
        json.WriteNumber("flows_evicted", observation.FlowsEvicted);
        json.WriteNumber("identifications_skipped", observation.IdentificationsSkipped);
        json.WriteNumber("name_sightings_not_kept", observation.NameSightingsNotKept);
        json.WriteNumber("flows_read_in_part_for_names", observation.FlowsReadInPartForNames);
        json.WriteNumber("hop_limits_not_kept", observation.HopLimitsNotKept);
        json.WriteNumber("flows_not_traced", observation.FlowsNotTraced);
        if (observation.BehavioursNotKept > 0)
            json.WriteNumber("behaviours_not_kept", observation.BehavioursNotKept);
        WriteShed(json, observation.Shed);
        json.WriteNumber("announcements", observation.Announcements.Length);
        json.WriteNumber("announcements_forgotten", observation.AnnouncementsForgotten);
        fields.Objects("control_channels", observation.ControlChannels, channel => WriteChannel(json, channel));
        WriteShares(fields, coverage.Shares);
        WriteTraffic(fields, observation);
        fields.Strings("cannot_say", coverage.CannotSay);
        fields.Objects("frames_without_ip", observation.LinkProtocols, link => WriteLinkProtocol(json, link));
        json.WriteEndObject();
    }

    /// <summary>The property <c>shed</c>: what was not looked at because packets came faster than that.</summary>
    public static void WriteShed(Utf8JsonWriter json, ShedCounts shed)
    {
        json.WriteStartObject("shed");
        json.WriteNumber("names", shed.Names);
        json.WriteNumber("identifications", shed.Identifications);
        json.WriteEndObject();
    }

    private static void WritePoint(JsonFields fields, PointSummary point)
    {
        fields.Name("name", point.Name);
        fields.Writer.WriteNumber("packets", point.Packets);
        fields.Writer.WriteNumber("bytes", point.Bytes);
        fields.Writer.WriteNumber("cut_packets", point.CutPackets);
        fields.Time("first_seen", point.FirstNs);
        fields.Time("last_seen", point.LastNs);
        fields.Strings("filters", point.Filters);
        WriteLoss(fields.Writer, point);
        fields.Writer.WriteNumber("duplicates", point.Duplicates);
        fields.Writer.WriteNumber("flows", point.Flows);
        fields.Writer.WriteNumber("encrypted_flows", point.EncryptedFlows);
        JsonCaptures.WriteClock(fields.Writer, point.Clock);
    }

    private static void WriteChannel(Utf8JsonWriter json, ControlChannelCount channel)
    {
        json.WriteString("protocol", channel.Protocol);
        json.WriteNumber("flows", channel.Flows);
        json.WriteNumber("announcements", channel.Announcements);
        json.WriteNumber("hidden", channel.Hidden);
        json.WriteNumber("not_read", channel.NotRead);
        json.WriteNumber("skipped", channel.Skipped);
    }

    private static void WriteStop(Utf8JsonWriter json, DecodeStopCount stop)
    {
        json.WriteString("layer", DecodeWords.ToText(stop.Layer));
        json.WriteString("reason", DecodeWords.ToText(stop.Reason));
        json.WriteNumber("packets", stop.Packets);
    }

    private static void WriteLinkProtocol(Utf8JsonWriter json, LinkProtocolCount link)
    {
        json.WriteString("protocol", LinkProtocols.NameOf(link.Protocol));
        json.WriteNumber("packets", link.Packets);
    }

    private static void WriteShares(JsonFields fields, CoverageShares shares)
    {
        fields.Writer.WriteStartObject("shares");
        fields.Number("cut", shares.Cut);
        fields.Number("one_way", shares.OneWay);
        fields.Number("duplicate", shares.Duplicate);
        fields.Number("encrypted_flows", shares.EncryptedFlows);
        fields.Number("encrypted_bytes", shares.EncryptedBytes);
        fields.Writer.WriteEndObject();
    }

    private static void WriteTraffic(JsonFields fields, ObservationSummary observation)
    {
        var (json, total, links) = (fields.Writer, observation.Total, observation.Links);
        WriteLoss(json, total);
        json.WriteNumber("duplicates", total.Duplicates);
        WriteEncrypted(json, total, observation.FramesStoppedBy(DecodeReason.Encrypted));
        fields.Objects("links", [.. links.Take(LinkCount.MaximumListed)], link => WriteLink(json, link));
        json.WriteNumber("packets_of_other_links", links.Skip(LinkCount.MaximumListed).Sum(link => link.Packets));
        fields.Objects("vlans", observation.Vlans.Listed, sum => WriteSum(json, "vlan", sum));
        WriteRest(json, "vlans_not_listed", observation.Vlans.NotListed);
        fields.Objects("tunnels", observation.Tunnels.Listed, sum => WriteSum(json, "tunnel", sum));
        WriteRest(json, "tunnels_not_listed", observation.Tunnels.NotListed);
        json.WriteNumber("packets_of_other_tunnels", observation.PacketsOfOtherTunnels);
        WriteTcp(json, total.Streams, total.HolesClosedEarly);
        WriteFragments(json, observation.Fragments);
    }

    private static void WriteLoss(Utf8JsonWriter json, PointSummary point)
    {
        json.WriteStartObject("loss");
        json.WriteNumber("dropped", point.Dropped);
        json.WriteNumber("tcp_gaps", point.Streams.Gaps);
        json.WriteNumber("tcp_gap_bytes", point.Streams.GapBytes);
        json.WriteNumber("headers_cut", point.HeadersCut);
        json.WriteEndObject();
    }

    private static void WriteEncrypted(Utf8JsonWriter json, PointSummary total, long frames)
    {
        json.WriteStartObject("encrypted");
        json.WriteNumber("flows", total.EncryptedFlows);
        json.WriteNumber("bytes", total.EncryptedBytes);
        json.WriteNumber("frames_below_ip", frames);
        json.WriteEndObject();
    }

    private static void WriteLink(Utf8JsonWriter json, LinkCount link)
    {
        json.WriteNumber("link_type", link.LinkType.Value);
        json.WriteString("name", link.LinkType.Name);
        json.WriteNumber("packets", link.Packets);
    }

    private static void WriteSum(Utf8JsonWriter json, string key, FlowSum sum)
    {
        json.WriteString(key, sum.Name);
        WriteNumbers(json, sum);
    }

    private static void WriteRest(Utf8JsonWriter json, string name, FlowSum sum)
    {
        json.WriteStartObject(name);
        WriteNumbers(json, sum);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, FlowSum sum)
    {
        json.WriteNumber("flows", sum.Flows);
        json.WriteNumber("packets", sum.Packets);
        json.WriteNumber("bytes", sum.Bytes);
    }

    private static void WriteTcp(Utf8JsonWriter json, StreamCounters streams, long holesClosedEarly)
    {
        json.WriteStartObject("tcp");
        json.WriteNumber("retransmissions", streams.Retransmissions);
        json.WriteNumber("out_of_order", streams.OutOfOrder);
        json.WriteNumber("keep_alives", streams.KeepAlives);
        json.WriteNumber("window_probes", streams.WindowProbes);
        json.WriteNumber("jumps", streams.Jumps);
        json.WriteNumber("holes_closed_early", holesClosedEarly);
        json.WriteEndObject();
    }

    private static void WriteFragments(Utf8JsonWriter json, FragmentCounts fragments)
    {
        json.WriteStartObject("fragments");
        json.WriteNumber("reassembled", fragments.Reassembled);
        json.WriteNumber("incomplete", fragments.Incomplete);
        json.WriteNumber("overlapping", fragments.Overlapping);
        json.WriteNumber("evicted", fragments.Evicted);
        json.WriteNumber("unplaced", fragments.Unassigned);
        json.WriteEndObject();
    }
}
