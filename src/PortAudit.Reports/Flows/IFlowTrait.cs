using PortAudit.Traffic.Flows;

namespace PortAudit.Reports.Flows;

/// <summary>What some columns of a flow are made of: flows that have it in common are alike in them.</summary>
internal interface IFlowTrait<TSelf>
    where TSelf : struct, IFlowTrait<TSelf>
{
    /// <summary>That of a flow. It does not hold the flow itself, whose record becomes that of another.</summary>
    static abstract TSelf Of(FlowRecord flow);

    /// <summary>A number that is the same for flows that have it in common; any may have it.</summary>
    static abstract uint HashOf(FlowRecord flow);

    /// <summary>Gives the values of these columns.</summary>
    static abstract void Write<TCells>(in FlowRow row, ref TCells cells)
        where TCells : IFlowCells, allows ref struct;

    /// <summary>Where CSV keeps the fields of these columns.</summary>
    static abstract CsvStretches<TSelf> KeptIn(CsvTexts texts);

    /// <summary>True when a flow has it, too. May be false for one that does.</summary>
    bool IsOf(FlowRecord flow);
}
