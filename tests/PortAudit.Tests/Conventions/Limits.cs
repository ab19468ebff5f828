using PortAudit.Audit.Coverage;
using PortAudit.Audit.Dynamic;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Roles;
using PortAudit.Audit.Scans;
using PortAudit.Audit.State;
using PortAudit.Audit.Tls;
using PortAudit.Cli.Watch;
using PortAudit.Live;
using PortAudit.Reports;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Flows;
using PortAudit.Reports.Html;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Text;
using PortAudit.Traffic;
using PortAudit.Traffic.Announcements;
using PortAudit.Traffic.Announcements.DceRpc;
using PortAudit.Traffic.Announcements.OncRpc;
using PortAudit.Traffic.Announcements.Smb;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Capture.Ring;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Names;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Wire;
using FlowTable = PortAudit.Traffic.Flows.FlowTable;

namespace PortAudit.Tests.Conventions;

/// <summary>The limits of docs/limits.md, by chapter. A new limit is a row here.</summary>
internal static class Limits
{
    private const string InText = "in the text; JSON has everything";
    private const string OnPage = "on the page";
    private const string ControlNotRead = "`coverage.control_channels[].not_read`";

    /// <summary>The chapters in the order of the page.</summary>
    public static IReadOnlyList<(string Title, Limit[] Limits)> Chapters { get; } =
    [
        ("Capture files",
        [
            Limit.Bytes(typeof(PcapReader), nameof(PcapReader.MaximumCapturedLength), "`captures[].damages[]`"),
            Limit.Bytes(typeof(PcapngBlock), nameof(PcapngBlock.MaximumLength), "`captures[].damages[]`"),
            Limit.Count(typeof(PcapngInterfaces), nameof(PcapngInterfaces.Maximum), "`captures[].damages[]`"),
            Limit.Bytes(typeof(RecordSearch), nameof(RecordSearch.MaximumBytes), "`captures[].end`"),
            Limit.Count(
                typeof(CaptureAnnotations),
                nameof(CaptureAnnotations.MaximumDamages),
                "`captures[].damages_not_listed`"),
            Limit.Count(
                typeof(CaptureAnnotations),
                nameof(CaptureAnnotations.MaximumComments),
                "`captures[].comments_not_kept`"),
            Limit.Count(
                typeof(CaptureAnnotations),
                nameof(CaptureAnnotations.MaximumNames),
                "`captures[].names_not_kept`"),
            Limit.Count(
                typeof(CaptureAnnotations),
                nameof(CaptureAnnotations.MaximumWriters),
                "`captures[].writers_not_kept`"),
            Limit.Count(
                typeof(CaptureAnnotations),
                nameof(CaptureAnnotations.MaximumOutages),
                "`captures[].outages_not_listed`"),
            Limit.Count(
                typeof(ObservationSummary),
                nameof(ObservationSummary.MaximumDetailedCaptures),
                "`diagnostics[]`"),
        ]),
        ("Decoding, tunnels, fragments",
        [
            Limit.Count(
                typeof(PacketDecoder),
                nameof(PacketDecoder.MaximumNesting),
                "`coverage.decode_stops[]`, `too-deep`"),
            Limit.Count(typeof(PacketWalk), nameof(PacketWalk.MaximumTunnels), "`coverage.decode_stops[]`, `too-deep`"),
            Limit.Count(typeof(TunnelTable), nameof(TunnelTable.MaximumTunnels), "`coverage.packets_of_other_tunnels`"),
            Limit.Count(typeof(PointTable), nameof(PointTable.MaximumPoints), "`coverage.points_merged`"),
            Limit.Count(typeof(FragmentTable), nameof(FragmentTable.MaximumDatagrams), "`coverage.fragments.evicted`"),
            Limit.Time(typeof(FragmentTable), nameof(FragmentTable.TimeoutNs), "`coverage.fragments.incomplete`"),
            Limit.Count(typeof(FlowBreakdown), nameof(FlowBreakdown.MaximumVlans), "`coverage.vlans_not_listed`"),
            Limit.Count(typeof(FlowBreakdown), nameof(FlowBreakdown.MaximumTunnels), "`coverage.tunnels_not_listed`"),
        ]),
        ("Flows",
        [
            Limit.Count(typeof(FlowTable), nameof(FlowTable.DefaultMaximumFlows), "`coverage.flows_evicted`"),
            Limit.Count(typeof(StreamSide), nameof(StreamSide.MaximumHoles), "`coverage.tcp.holes_closed_early`"),
            Limit.Count(typeof(HopLimitBook), nameof(HopLimitBook.MaximumHosts), "`coverage.hop_limits_not_kept`"),
            Limit.Time(typeof(ObservationClock), nameof(ObservationClock.StepNs), "`clock` of captures and points"),
            Limit.Count(typeof(FlowSummary), nameof(FlowSummary.MaximumSubjects), "the row `others`"),
            Limit.Bytes(
                typeof(RowSorter),
                nameof(RowSorter.DefaultMemoryBytes),
                "not shown: rows are sorted on disk"),
        ]),
        ("Identification",
        [
            Limit.Bytes(
                typeof(BufferPool),
                nameof(BufferPool.DefaultMaximumBytes),
                "`coverage.identifications_skipped`"),
            Limit.Bytes(typeof(StreamPrefix), nameof(StreamPrefix.MaximumLength), "`protocol_basis`"),
            Limit.Count(typeof(StreamPrefix), nameof(StreamPrefix.MaximumIslands), "`protocol_basis`"),
            Limit.Count(
                typeof(StreamIdentifier),
                nameof(StreamIdentifier.MaximumSegments),
                "`protocol_basis`"),
            Limit.Count(
                typeof(StreamIdentifier),
                nameof(StreamIdentifier.MaximumHandOvers),
                "`protocol_basis`"),
            Limit.Count(
                typeof(DatagramIdentifier),
                nameof(DatagramIdentifier.MaximumDatagrams),
                "`protocol_basis`"),
            Limit.Bytes(
                typeof(FlowIdentifier),
                nameof(FlowIdentifier.MaximumNoteBytes),
                "`coverage.identifications_skipped`"),
            Limit.Bytes(
                typeof(TlsHandshakeNotes),
                nameof(TlsHandshakeNotes.MaximumLength),
                "`tls.server_certificates_not_listed` of the flow"),
        ]),
        ("Names of hosts",
        [
            Limit.Count(typeof(NameBook), nameof(NameBook.MaximumAddresses), "`coverage.name_sightings_not_kept`"),
            Limit.Count(typeof(AddressNames), nameof(AddressNames.Maximum), "`coverage.name_sightings_not_kept`"),
            Limit.Count(
                typeof(NameObserver),
                nameof(NameObserver.MaximumDatagrams),
                "`coverage.flows_read_in_part_for_names`"),
            Limit.Count(
                typeof(NameObserver),
                nameof(NameObserver.MaximumSegments),
                "`coverage.flows_read_in_part_for_names`"),
        ]),
        ("Announced ports",
        [
            Limit.Count(
                typeof(AnnouncementBook),
                nameof(AnnouncementBook.Maximum),
                "`coverage.announcements_forgotten`"),
            Limit.Count(
                typeof(ControlConversationPool),
                nameof(ControlConversationPool.MaximumConversations),
                "`coverage.control_channels[].skipped`"),
            Limit.Bytes(
                typeof(ControlConversationPool),
                nameof(ControlConversationPool.MaximumBytes),
                "`coverage.control_channels[].skipped`"),
            Limit.Count(typeof(ControlStream), nameof(ControlStream.MaximumWaits), ControlNotRead),
            Limit.Count(typeof(AnnouncementNotes), nameof(AnnouncementNotes.Maximum), ControlNotRead),
            Limit.Bytes(typeof(TrackerMemory), nameof(TrackerMemory.DefaultMaximumBytes), ControlNotRead),
            Limit.Bytes(typeof(StubGathering), nameof(StubGathering.MaximumLength), ControlNotRead),
            Limit.Bytes(typeof(SmbPortTracker), nameof(SmbPortTracker.MaximumMessage), ControlNotRead),
            Limit.Bytes(typeof(RpcPortTracker), nameof(RpcPortTracker.MaximumRecord), ControlNotRead),
        ]),
        ("Audit",
        [
            Limit.Count(
                typeof(EvidencePass),
                nameof(FrameReference.MaximumPerFlow),
                "`evidence.frames_not_listed`"),
            Limit.Count(typeof(FlowGroup), nameof(FlowGroup.MaximumFrames), "`evidence.frames_not_listed`"),
            Limit.Count(typeof(FlowGroup), nameof(FlowGroup.MaximumHosts), "a sentence of the finding"),
            Limit.Count(
                typeof(ServiceGroups),
                nameof(ServiceGroups.MaximumServices),
                "one finding for all services of the pair"),
            Limit.Count(typeof(RuleTally), nameof(RuleTally.MaximumHostPairs), "the number of idle addresses is null"),
            Limit.Count(
                typeof(HostLedger),
                nameof(HostLedger.MaximumAddresses),
                "the number of idle addresses is null"),
            Limit.Count(
                typeof(IdleHosts),
                nameof(IdleHosts.MaximumListed),
                "`idle_originators_not_listed`, `idle_responders_not_listed`"),
            Limit.Count(
                typeof(DynamicPortTally),
                nameof(DynamicPortTally.MaximumServices),
                "`dynamic_ports[].more_services`"),
            Limit.Count(typeof(ScanLedger), nameof(ScanLedger.MaximumOriginators), "`diagnostics[]`"),
            Limit.Count(typeof(OriginatorTally), nameof(OriginatorTally.MaximumTargets), "\"more than\" in the finding"),
            Limit.Count(typeof(RoleLedger), nameof(RoleLedger.MaximumHosts), "`more_hosts` of `roles`"),
            Limit.Count(typeof(MarkTally), nameof(MarkTally.MaximumPeers), "`more_peers` of `roles`"),
            Limit.Count(typeof(TlsLedger), nameof(TlsLedger.MaximumServices), OnPage),
        ]),
        ("Files and text",
        [
            Limit.Bytes(typeof(AuditState), nameof(AuditState.MaximumBytes), "an error"),
            Limit.Bytes(typeof(EarlierReport), nameof(EarlierReport.MaximumBytes), "an error"),
            Limit.Count(
                typeof(EvidenceComments),
                nameof(EvidenceComments.MaximumComments),
                "a comment with the number of the rest"),
            Limit.Count(typeof(PairChapter), "MaximumFlowRows", OnPage),
            Limit.Count(typeof(FindingChapter), "MaximumFindings", OnPage),
            Limit.Count(typeof(ShownText), nameof(ShownText.Sentence), OnPage),
            Limit.Count(typeof(FindingSection), "MaximumFindings", InText),
        ]),
        ("Live capture and watching",
        [
            Limit.Count(typeof(LiveCapture), nameof(LiveCapture.MaximumInterfaces), "an error"),
            Limit.Bytes(typeof(LiveOptions), nameof(LiveOptions.DefaultBufferBytes), "`captures[].drops[]`"),
            Limit.Time(typeof(PcapngRing), nameof(PcapngRing.RetryAfter), "a warning"),
            Limit.Count(typeof(WatchReporter), "MaximumWaiting", "a warning"),
            Limit.Count(typeof(StateDirectory), "MaximumAside", "an error"),
        ]),
    ];
}
