using PortAudit.Traffic.Flows;

namespace PortAudit.Reports.Flows;

/// <summary>How a conversation went: what the columns from <c>direction_basis</c> to <c>history</c> are made of.</summary>
internal readonly record struct FlowCourse(DirectionBasis Basis, Outcome Outcome, string History) : IFlowTrait<FlowCourse>
{
    /// <inheritdoc />
    public static FlowCourse Of(FlowRecord flow) => new(flow.DirectionBasis, flow.Outcome, flow.History);

    /// <inheritdoc />
    public static uint HashOf(FlowRecord flow) => CsvTexts.HashOf(flow.History) + ((uint)flow.Outcome * 8) + (uint)flow.DirectionBasis;

    /// <inheritdoc />
    public static void Write<TCells>(in FlowRow row, ref TCells cells)
        where TCells : IFlowCells, allows ref struct
    {
        var flow = row.Flow;
        cells.AddText(flow.DirectionBasis.ToText());
        cells.AddText(flow.Outcome.ToText());
        cells.AddText(flow.History.Length > 0 ? flow.History : null);
    }

    /// <inheritdoc />
    public static CsvStretches<FlowCourse> KeptIn(CsvTexts texts) => texts.Courses;

    /// <inheritdoc />
    public bool IsOf(FlowRecord flow) => History == flow.History && Basis == flow.DirectionBasis && Outcome == flow.Outcome;
}
