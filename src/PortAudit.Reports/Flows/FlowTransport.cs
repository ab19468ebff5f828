using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Flows;

/// <summary>What the column <c>transport</c> is made of.</summary>
internal readonly record struct FlowTransport(IpProtocol Protocol) : IFlowTrait<FlowTransport>
{
    /// <inheritdoc />
    public static FlowTransport Of(FlowRecord flow) => new(flow.Transport);

    /// <inheritdoc />
    public static uint HashOf(FlowRecord flow) => flow.Transport.Value;

    /// <inheritdoc />
    public static void Write<TCells>(in FlowRow row, ref TCells cells)
        where TCells : IFlowCells, allows ref struct =>
        cells.AddText(row.Flow.Transport.ToString());

    /// <inheritdoc />
    public static CsvStretches<FlowTransport> KeptIn(CsvTexts texts) => texts.Transports;

    /// <inheritdoc />
    public bool IsOf(FlowRecord flow) => Protocol == flow.Transport;
}
