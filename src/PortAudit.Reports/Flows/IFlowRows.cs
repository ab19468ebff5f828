using PortAudit.Reports.Rows;

namespace PortAudit.Reports.Flows;

/// <summary>Writes the flows of one list in one format: each as a row when the flow ends, and all rows, once they are sorted, as a list.</summary>
internal interface IFlowRows
{
    /// <summary>Writes the row of a flow; the text is empty before.</summary>
    void Format(in FlowRow flow, Utf8Row text);

    /// <summary>Writes the list.</summary>
    /// <param name="rows">All rows that were formatted.</param>
    /// <param name="output">Where to; it is left open.</param>
    /// <param name="width">Columns of the terminal; null when lines may be of any length.</param>
    void Write(RowSorter rows, Stream output, int? width);
}
