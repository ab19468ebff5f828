using PortAudit.Reports.Rows;

namespace PortAudit.Reports.Flows;

/// <summary>Writes a list of flows in one format: formats each flow when it ends, then writes the rows in
/// order.</summary>
internal interface IFlowRows
{
    /// <summary>True when nothing can be written before every row is known.</summary>
    bool NeedsAllRows { get; }

    /// <summary>Writes the row of a flow; the text is empty before.</summary>
    void Format(in FlowRow flow, Utf8Row text);

    /// <summary>Writes the header.</summary>
    /// <param name="output">Where to; it is left open.</param>
    void WriteHead(Stream output);

    /// <summary>Writes the list after the header.</summary>
    /// <param name="rows">The rows that were formatted and not yet written.</param>
    /// <param name="output">Where to; it is left open.</param>
    /// <param name="width">Columns of the terminal; null when lines may be of any length.</param>
    void Write(RowSorter rows, Stream output, int? width);
}
