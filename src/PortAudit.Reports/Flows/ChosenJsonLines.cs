using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PortAudit.Reports.Rows;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Flows;

/// <summary>Chosen columns of flows as JSON lines; unknown values are null.</summary>
/// <param name="columns">The columns.</param>
internal sealed class ChosenJsonLines(ImmutableArray<FlowColumn> columns) : IFlowRows, IDisposable
{
    private readonly Utf8JsonWriter _json = new(Stream.Null, JsonFormat.Line);

    public bool NeedsAllRows => false;

    public void Format(in FlowRow flow, Utf8Row text)
    {
        _json.Reset(text);
        _json.WriteStartObject();
        foreach (var column in columns)
        {
            var cell = column.CellOf(flow);
            if (cell is { IsNumber: true, Text: { } number })
                _json.WriteNumber(column.Name, long.Parse(number, CultureInfo.InvariantCulture));
            else
                _json.WriteString(column.Name, cell.Text);
        }

        _json.WriteEndObject();
        _json.Flush();
        FlowJsonLines.End(text);
    }

    public void WriteHead(Stream output)
    {
    }

    public void Write(RowSorter rows, Stream output, int? width) => rows.ForEach(output.Write);

    public void Dispose() => _json.Dispose();
}
