using PortAudit.Audit.Connections;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Learned;
using PortAudit.Audit.Needs;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Roles;
using PortAudit.Audit.Saving;
using PortAudit.Audit.Scans;
using PortAudit.Audit.Trends;
using PortAudit.Audit.Tunnels;
using PortAudit.Cli.Input;
using PortAudit.Cli.Watch;
using PortAudit.Live;
using PortAudit.Live.Interfaces;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Html;
using PortAudit.Reports.Packets;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Text;
using PortAudit.Store.ClickHouse;
using PortAudit.Store.Duck;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Capture.Ring;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Fragments;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.NetFlow;
using PortAudit.Traffic.Logs.Parts;
using PortAudit.Traffic.Logs.Suricata;
using PortAudit.Traffic.Logs.Zeek;
using PortAudit.Traffic.Observers.Announcements;
using PortAudit.Traffic.Observers.Identification;
using PortAudit.Traffic.Observers.Names;
using PortAudit.Traffic.Protocols.Tls;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Streams;
using PortAudit.Traffic.Wire;
using FlowTable = PortAudit.Traffic.Flows.FlowTable;

namespace PortAudit.Tests.Conventions;

/// <summary>The limits of docs/limits.md, by chapter. A new limit is a row here.</summary>
internal static class Limits
{
    private const string InText = "in the text; JSON has everything";
    private const string OnPage = "on the page";

    /// <summary>The chapters in the order of the page.</summary>
    public static IReadOnlyList<(string Title, Limit[] Limits)> Chapters { get; } =
    [
        ("Capture files",
        [
            Limit.Bytes(typeof(PcapReader), nameof(PcapReader.MaximumCapturedLength), "`captures[].damages[]`"),
            Limit.Bytes(typeof(PcapngBlock), nameof(PcapngBlock.MaximumLength), "`captures[].damages[]`"),
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
        ]),
        ("Stores",
        [
            Limit.Count(typeof(DuckConnection), nameof(DuckConnection.MaximumMegabytes), "an error of DuckDB"),
            Limit.Bytes(typeof(BinaryRowReader), nameof(BinaryRowReader.MaximumLength), "exit code 3"),
        ]),
        ("Flow logs",
        [
            Limit.Bytes(typeof(LogLines), nameof(LogLines.MaximumLength), "`captures[].damages[]`"),
            Limit.Count(typeof(DomainTable), nameof(DomainTable.MaximumDomains), "a warning"),
            Limit.Count(typeof(DomainTable), nameof(DomainTable.MaximumTemplates), "a warning"),
            Limit.Count(typeof(ExportTemplate), nameof(ExportTemplate.MaximumFields), "`captures[].damages[]`"),
            Limit.Bytes(typeof(PendingSets), nameof(PendingSets.MaximumBytes), "`captures[].damages[]`"),
            Limit.Count(typeof(FlowJoiner), nameof(FlowJoiner.Maximum), "a warning"),
            Limit.Count(typeof(NselConnections), nameof(NselConnections.Maximum), "a warning"),
            Limit.Count(typeof(ZeekDetails), nameof(ZeekDetails.Maximum), "a warning"),
            Limit.Count(typeof(RepeatedConnections), nameof(RepeatedConnections.Maximum), "a warning"),
            Limit.Count(typeof(SkewedClocks), nameof(SkewedClocks.Maximum), "a warning"),
            Limit.Count(typeof(ZeekCertificates), nameof(ZeekCertificates.Maximum), "a warning"),
            Limit.Count(typeof(SuricataDetails), nameof(SuricataDetails.Maximum), "a warning"),
            Limit.Count(typeof(SuricataDrops), nameof(SuricataDrops.Maximum), "a warning"),
            Limit.Count(typeof(NetflowJoin), nameof(NetflowJoin.Maximum), "two flows of one direction"),
            Limit.Count(typeof(OpenAttempts), nameof(OpenAttempts.Maximum), "outcome `undecided`"),
            Limit.Bytes(typeof(JsonContent), nameof(JsonContent.MaximumToken), "`captures[].damages[]`"),
            Limit.Count(typeof(ConversationTable), nameof(ConversationTable.Maximum), "a warning"),
            Limit.Count(typeof(SensorNames), nameof(SensorNames.Maximum), "a warning"),
            Limit.Count(typeof(MissingRecords), nameof(MissingRecords.Maximum), "outcome `undecided`"),
            Limit.Count(typeof(SeenSide), nameof(SeenSide.MaximumSensors), "nowhere: the same packets again"),
        ]),
        ("Decoding, tunnels, fragments",
        [
            Limit.Count(
                typeof(PacketDecoder),
                nameof(PacketDecoder.MaximumNesting),
                "`coverage.decode_stops[]`, `too-deep`"),
            Limit.Count(typeof(PacketWalk), nameof(PacketWalk.MaximumTunnels), "`coverage.decode_stops[]`, `too-deep`"),
            Limit.Count(typeof(TunnelTable), nameof(TunnelTable.MaximumTunnels), "`coverage.packets_of_other_tunnels`"),
            Limit.Count(typeof(FragmentTable), nameof(FragmentTable.MaximumDatagrams), "`coverage.fragments.evicted`"),
        ]),
        ("Flows",
        [
            Limit.Count(typeof(FlowTable), nameof(FlowTable.DefaultMaximumFlows), "`coverage.flows_evicted`"),
            Limit.Count(typeof(StreamSide), nameof(StreamSide.MaximumHoles), "`coverage.tcp.holes_closed_early`"),
            Limit.Count(typeof(HopLimitTable), nameof(HopLimitTable.MaximumHosts), "`coverage.hop_limits_not_kept`"),
            Limit.Count(typeof(FlowTracer), nameof(FlowTracer.MaximumTraced), "`coverage.flows_not_traced`"),
            Limit.Count(typeof(ByteTimeTable), nameof(ByteTimeTable.MaximumBuckets), "the width of a plot's columns"),
            Limit.Count(typeof(BehaviourTable), nameof(BehaviourTable.MaximumSlots), "`coverage.behaviours_not_kept`"),
            Limit.Count(typeof(FlowBehaviour), nameof(FlowBehaviour.MaximumPackets), "`packets` of the behaviour"),
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
            Limit.Count(
                typeof(StreamIdentifier),
                nameof(StreamIdentifier.MaximumSegments),
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
            Limit.Count(typeof(HostNameTable), nameof(HostNameTable.MaximumAddresses),
                "`coverage.name_sightings_not_kept`"),
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
                typeof(ExpectationTable),
                nameof(ExpectationTable.Maximum),
                "`coverage.announcements_forgotten`"),
            Limit.Count(
                typeof(ControlConversationPool),
                nameof(ControlConversationPool.MaximumConversations),
                "`coverage.control_channels[].skipped`"),
            Limit.Bytes(
                typeof(ControlConversationPool),
                nameof(ControlConversationPool.MaximumBytes),
                "`coverage.control_channels[].skipped`"),
        ]),
        ("Audit",
        [
            Limit.Count(
                typeof(FrameReference),
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
                typeof(NonParticipants),
                nameof(NonParticipants.MaximumListed),
                "`idle_originators_not_listed`, `idle_responders_not_listed`"),
            Limit.Count(typeof(ConnectionLedger), nameof(ConnectionLedger.MaximumFlows), "`diagnostics[]`"),
            Limit.Count(typeof(PointFlows), nameof(PointFlows.MaximumFlows), "a warning of `compare`"),
            Limit.Count(typeof(CatalogComparison), nameof(CatalogComparison.MaximumPairs), "a warning"),
            Limit.Count(typeof(AnswerLedger), nameof(AnswerLedger.MaximumHosts), "`diagnostics[]`"),
            Limit.Count(typeof(ScanLedger), nameof(ScanLedger.MaximumOriginators), "`diagnostics[]`"),
            Limit.Count(typeof(TunnelLedger), nameof(TunnelLedger.MaximumTallies), "`diagnostics[]`"),
            Limit.Count(typeof(DayLedger), nameof(DayLedger.MaxServices), "`watched.has_more_services`"),
            Limit.Count(typeof(RoleLedger), nameof(RoleLedger.MaximumHosts), "`more_hosts` of `roles`"),
            Limit.Count(typeof(LinkVlans), nameof(LinkVlans.MaximumPrefixes), "not shown: others have no VLAN"),
            Limit.Count(typeof(TrafficLedger), nameof(TrafficLedger.MaximumServices), "`more_entries` of a baseline"),
            Limit.Count(typeof(TrafficLedger), nameof(TrafficLedger.MaximumPairs), "`more_pairs` of a baseline"),
            Limit.Count(typeof(StartTally), nameof(StartTally.MaximumStarts), "not shown: later ones change no period"),
            Limit.Count(typeof(LearnedEntry), nameof(LearnedEntry.MaximumHosts), "`more` of an entry"),
            Limit.Count(typeof(LearnedEntry), nameof(LearnedEntry.MaximumNames), "`more` of an entry"),
            Limit.Count(typeof(LearnedEntry), nameof(LearnedEntry.MaximumDays), "not shown: later days"),
            Limit.Count(typeof(LearnedTraffic), nameof(LearnedTraffic.MaximumSpans), "not shown: spans are joined"),
            Limit.Count(typeof(TrafficNews), nameof(TrafficNews.MaximumFindings), "`news.not_listed`"),
            Limit.Count(typeof(DayCounts), nameof(DayCounts.MaximumDays), "`trend.earlier_flows`"),
            Limit.Count(typeof(TrendLedger), nameof(TrendLedger.MaximumPairs), "`trend.has_more_pairs`"),
            Limit.Count(typeof(TrendLedger), nameof(TrendLedger.MaximumPoints), "`trend.not_known`"),
            Limit.Count(typeof(TrendServiceTally), nameof(TrendServiceTally.MaximumPoints), "`trend.not_known`"),
            Limit.Count(typeof(TrafficTrend), nameof(TrafficTrend.MaximumChanges), "`trend.changes_not_listed`"),
            Limit.Count(typeof(LearnedFile), nameof(LearnedFile.MaximumEntries), "an error: the baseline is not used"),
            Limit.Count(typeof(LinkSides), nameof(LinkSides.MaximumPrefixes), "not shown: others have no side"),
        ]),
        ("Files and text",
        [
            Limit.Bytes(typeof(AuditState), nameof(AuditState.MaximumBytes), "an error"),
            Limit.Bytes(typeof(EarlierReport), nameof(EarlierReport.MaximumBytes), "an error"),
            Limit.Count(typeof(PairChapter), "MaximumFlowRows", OnPage),
            Limit.Count(typeof(FindingChapter), "MaximumFindings", OnPage),
            Limit.Count(typeof(EvidencePackets), nameof(EvidencePackets.MaximumPerFinding), OnPage),
            Limit.Count(typeof(EvidencePackets), nameof(EvidencePackets.MaximumPackets), OnPage),
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
