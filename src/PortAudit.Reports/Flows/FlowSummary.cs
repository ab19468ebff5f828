using System.Collections.Immutable;
using System.Text;
using PortAudit.Audit;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Baseline;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Text;
using PortAudit.Traffic.Observation;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Flows;

/// <summary>Counts flows by protocol and service: one page on the content and losses of captures.</summary>
public sealed class FlowSummary
{
    /// <summary>Protocols and services counted apart; later ones are counted together.</summary>
    public const int MaximumSubjects = 4_096;

    private readonly Dictionary<Subject, Tally> _tallies = [];
    private readonly Tally _others = new();
    private long _flows;
    private long _oneWay;
    private bool _hasTunnels;

    /// <summary>Counts a flow.</summary>
    public void Add(FlowRecord flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        TallyOf(flow).Add(flow);
        _flows++;
        _oneWay += flow.Outcome == Outcome.OneWay ? 1 : 0;
        _hasTunnels |= flow.ParentId != 0;
    }

    /// <summary>Writes the page. Lines end with a line feed and have no trailing blanks.</summary>
    /// <param name="observation">What was read.</param>
    /// <param name="unread">Inputs that were not opened.</param>
    /// <param name="selection">The part of the captures that is summed up; null for all.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="options">How.</param>
    public void Write(ObservationSummary observation, ImmutableArray<UnreadInput> unread, CaptureSelection? selection,
        TextWriter writer, TextReportOptions options) =>
        TextReport.Render(writer, options, page =>
        {
            foreach (var sentence in SelectionText.Of(selection))
                page.Paragraph(sentence);
            var shares = CoverageShares.Of(observation.Total, _flows, _oneWay);
            page.Heading("What the captures contain");
            var fields = ObservationFields.Of(observation, shares, unread,
                $"{Quantity.Count(_flows)}, {TrafficLines.OneWay(_oneWay, shares)}", names: "");
            page.Fields(fields.Select(ObservationFields.Shorten), ObservationFields.LabelWidth);
            page.Heading("Flows by protocol");
            WriteTable(page, selection);
        });

    /// <summary>Number of flows.</summary>
    public long Flows => _flows;

    /// <summary>The rows, those with the most bytes first; the last one takes what is beyond
    /// <see cref="MaximumSubjects"/>.</summary>
    internal ImmutableArray<FlowSummaryRow> Rows =>
    [
        .. _tallies
            .OrderByDescending(row => row.Value.Bytes)
            .ThenBy(row => row.Value.Name, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Transport.Value)
            .Select(row => row.Value.ToRow(row.Key)),
        .. _others.Flows == 0 ? [] : new[] { _others.ToRow(null) },
    ];

    internal long OneWayFlows => _oneWay;

    private void WriteTable(ReportPage page, CaptureSelection? selection)
    {
        if (_flows == 0)
        {
            page.Paragraph(selection is null
                ? "No flows: the captures contain no conversation."
                : SelectionText.Empty(selection));
            return;
        }

        page.Table(
            ["Protocol", "Transport", "#Flows", "#Passed", "#Stopped", "#Packets", "#Bytes"],
            Rows.Select(Cells));
        if (_tallies.Keys.Any(subject => subject.IsGuessed))
            page.Paragraph(ProtocolText.ByPortNote);
        if (_hasTunnels)
            page.Paragraph("Traffic in a tunnel counts both in the tunnel's flow and in the flows inside it.");
    }

    private Tally TallyOf(FlowRecord flow)
    {
        var subject = Subject.Of(flow);
        if (_tallies.TryGetValue(subject, out var tally))
            return tally;
        if (_tallies.Count == MaximumSubjects)
            return _others;
        tally = new Tally { Name = NameOf(flow) };
        _tallies.Add(subject, tally);
        return tally;
    }

    private static string NameOf(FlowRecord flow)
    {
        var text = new Utf8Row();
        ProtocolText.Append(flow, text);
        return text.Length == 0 ? "not identified" : Encoding.UTF8.GetString(text.Written);
    }

    private static IReadOnlyList<IReadOnlyList<string>> Cells(FlowSummaryRow row) =>
        [[row.Name], [row.Transport ?? ""], .. new[] { row.Flows, row.Passed, row.Stopped, row.Packets, row.Bytes }
            .Select(number => (IReadOnlyList<string>)[Quantity.Count(number)])];

    /// <summary>What is counted apart.</summary>
    private readonly record struct Subject(IpProtocol Transport, string? Protocol, string? Service, string? Proxy,
        bool IsProtocolGuessed, bool IsServiceGuessed)
    {
        /// <summary>True when the name of one of them is a guess by the port.</summary>
        public bool IsGuessed => IsProtocolGuessed || IsServiceGuessed;

        public static Subject Of(FlowRecord flow) =>
            new(flow.Transport, flow.Protocol, flow.Service, flow.Proxy(),
                flow.ProtocolBasis == IdentificationBasis.Port, flow.ServiceBasis == IdentificationBasis.Port);
    }

    /// <summary>The flows of one protocol and service.</summary>
    private sealed class Tally
    {
        private long _passed;
        private long _stopped;
        private long _packets;

        public string Name { get; init; } = $"others, beyond {Quantity.Count(MaximumSubjects)}";

        public long Flows { get; private set; }

        public long Bytes { get; private set; }

        public void Add(FlowRecord flow)
        {
            Flows++;
            _passed += flow.Outcome.Passed() && !flow.Outcome.IsOnlyReset(flow.Reach) ? 1 : 0;
            _stopped += flow.Outcome.Stopped() ? 1 : 0;
            _packets += flow.Out.Packets + flow.In.Packets;
            Bytes += flow.Out.Bytes + flow.In.Bytes;
        }

        public FlowSummaryRow ToRow(Subject? subject) => new(Name, subject?.Transport.ToString(), subject?.Protocol,
            subject?.IsProtocolGuessed == true, subject?.Service, subject?.IsServiceGuessed == true, subject?.Proxy,
            Flows, _passed, _stopped, _packets, Bytes);
    }
}

/// <summary>The flows of one protocol, service and transport.</summary>
/// <param name="Name">Protocol and service for display.</param>
/// <param name="Transport">The transport; null for what is counted together.</param>
/// <param name="Protocol">The protocol; null when unknown.</param>
/// <param name="IsProtocolByPort">True when only the port names the protocol.</param>
/// <param name="Service">The service; null when unknown.</param>
/// <param name="IsServiceByPort">True when only the port names the service.</param>
/// <param name="Proxy">Protocol of the proxy; null without one.</param>
/// <param name="Flows">Number of flows.</param>
/// <param name="Passed">Those that reached the responder.</param>
/// <param name="Stopped">Those that were stopped.</param>
/// <param name="Packets">Their packets.</param>
/// <param name="Bytes">Their bytes of frames.</param>
internal sealed record FlowSummaryRow(string Name, string? Transport, string? Protocol, bool IsProtocolByPort,
    string? Service, bool IsServiceByPort, string? Proxy, long Flows, long Passed, long Stopped, long Packets,
    long Bytes);
