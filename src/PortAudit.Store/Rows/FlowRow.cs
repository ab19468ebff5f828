using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Store.Rows;

/// <summary>The columns of a flow, as the list of flows names them. What has none is in <c>details</c>. To add one, add
/// it here and raise <see cref="Contract.FlowStore.FormatVersion"/>.</summary>
internal static class FlowRow
{
    private static readonly TextCode<DirectionBasis> Directions =
        TextCode.Of<DirectionBasis>(DirectionBasisText.ToText);

    private static readonly TextCode<Outcome> Outcomes = TextCode.Of<Outcome>(OutcomeText.ToText);

    private static readonly TextCode<IdentificationBasis> Bases =
        TextCode.Of<IdentificationBasis>(IdentificationBasisText.ToText);

    /// <summary>A flow through its columns.</summary>
    /// <param name="row">The row.</param>
    /// <param name="own">The flow when a row is written; when one is read, what its details say.</param>
    public static FlowRecord Of(StoreRow row, FlowRecord own)
    {
        var flow = own with
        {
            Id = row.Unsigned("flow_id", own.Id),
            CapturePoint = row.Text("capture_point", own.CapturePoint),
            Capture = row.Count("capture", own.Capture) + row.CapturesBefore,
            StartNs = row.Number(Columns.Start, own.StartNs),
            EndNs = row.Number(Columns.End, own.EndNs),
            TimestampDigits = row.Count("timestamp_digits", own.TimestampDigits),
            Transport = row.Word("transport", own.Transport, TextCode.Transport),
            Originator = new Endpoint(row.Word("originator", own.Originator.Address, TextCode.Address),
                row.Port("originator_port", own.Originator.Port)),
            Responder = new Endpoint(row.Word("responder", own.Responder.Address, TextCode.Address),
                row.Port("responder_port", own.Responder.Port)),
            Vlan = row.Word("vlan", own.Vlan, TextCode.Vlan),
            DirectionBasis = row.Word("direction_basis", own.DirectionBasis, Directions),
            Outcome = row.Word("outcome", own.Outcome, Outcomes),
            History = row.Text("history", own.History),
            Out = new DirectionCounters(row.Number("packets_out", own.Out.Packets),
                row.Number("bytes_out", own.Out.Bytes), row.Number("payload_out", own.Out.PayloadBytes)),
            In = new DirectionCounters(row.Number("packets_in", own.In.Packets),
                row.Number("bytes_in", own.In.Bytes), row.Number("payload_in", own.In.PayloadBytes)),
            Answer = AnswerDelay.FromBits(row.Port("answer", own.Answer.Bits)),
            SynCount = row.Count("syn_count", own.SynCount),
            Protocol = row.TextOrNull("protocol", own.Protocol),
            ProtocolBasis = row.Word("protocol_basis", own.ProtocolBasis, Bases),
            ProtocolFrame = Frame(row, own.ProtocolFrame),
            Level = row.Count("level", own.Level),
        };
        return WithLog(row, WithRare(row, flow));
    }

    /// <summary>Properties that most flows lack: each that is set costs a copy.</summary>
    private static FlowRecord WithRare(StoreRow row, FlowRecord flow)
    {
        var service = row.TextOrNull("service", flow.Service);
        var basis = row.Word("service_basis", flow.ServiceBasis, Bases);
        if (service != flow.Service || basis != flow.ServiceBasis)
            flow = flow with { Service = service, ServiceBasis = basis };
        var tunnel = row.TextOrNull("tunnel", flow.Tunnel);
        var parent = row.Unsigned("parent", flow.ParentId);
        if (tunnel != flow.Tunnel || parent != flow.ParentId)
            flow = flow with { Tunnel = tunnel, ParentId = parent };
        var startedAs = row.TextOrNull("started_as", flow.StartedAs);
        return startedAs == flow.StartedAs ? flow : flow with { StartedAs = startedAs };
    }

    private static FlowRecord WithLog(StoreRow row, FlowRecord flow)
    {
        var source = row.TextOrNull(Columns.Log, flow.Log?.Source.Name);
        var identifier = row.Text("log_identifier", flow.Log?.Identifier ?? "");
        var line = row.Number("log_row", flow.Log?.Line ?? 0);
        var isSampled = row.Number("log_is_sampled", flow.Log?.IsSampled == true ? 1 : 0) == 1;
        var log = source is null ? null : new LogOrigin(SourceOf(source), identifier, line) { IsSampled = isSampled };
        return log == flow.Log ? flow : flow with { Log = log };
    }

    /// <summary>The frame that identified the protocol; frames count from 1, and 0 is none.</summary>
    private static FrameReference? Frame(StoreRow row, FrameReference? own)
    {
        var capture = row.Count("protocol_capture", own?.Capture ?? 0) + row.CapturesBefore;
        var number = row.Number("protocol_frame", own?.Number ?? 0);
        return number == 0 ? null : new FrameReference(capture, number);
    }

    private static LogSource SourceOf(string name) => LogSource.All.FirstOrDefault(source => source.Name == name)
        ?? throw new InvalidDataException($"a flow is of a log of {name}, which is unknown");
}
