using System.Collections.Immutable;
using System.Text;
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
    /// <param name="writer">Where to.</param>
    /// <param name="options">How.</param>
    public void Write(ObservationSummary observation, ImmutableArray<UnreadInput> unread, TextWriter writer,
        TextReportOptions options) =>
        TextReport.Render(writer, options, page =>
        {
            var shares = CoverageShares.Of(observation.Total, _flows, _oneWay);
            page.Heading("What the captures contain");
            var fields = ObservationFields.Of(observation, shares, unread,
                $"{Quantity.Count(_flows)}, {TrafficLines.OneWay(_oneWay, shares)}", names: "");
            page.Fields(fields.Select(ObservationFields.Shorten), ObservationFields.LabelWidth);
            page.Heading("Flows by protocol");
            WriteTable(page);
        });

    private void WriteTable(ReportPage page)
    {
        if (_flows == 0)
        {
            page.Paragraph("No flows: the captures contain no conversation.");
            return;
        }

        var rows = _tallies
            .OrderByDescending(row => row.Value.Bytes)
            .ThenBy(row => row.Value.Name, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Transport.Value)
            .Select(row => row.Value.ToCells(row.Key.Transport.ToString()));
        page.Table(
            ["Protocol", "Transport", "#Flows", "#Passed", "#Stopped", "#Packets", "#Bytes"],
            _others.Flows == 0 ? rows : rows.Append(_others.ToCells("")));
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

        public IReadOnlyList<IReadOnlyList<string>> ToCells(string transport) =>
            [[Name], [transport], .. new[] { Flows, _passed, _stopped, _packets, Bytes }.Select(number =>
                (IReadOnlyList<string>)[Quantity.Count(number)])];
    }
}
