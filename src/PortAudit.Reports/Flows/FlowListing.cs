using System.Collections.Immutable;
using PortAudit.Reports.Rows;
using PortAudit.Traffic.Flows;

namespace PortAudit.Reports.Flows;

/// <summary>
/// Lists flows in one format, sorted by start and then by identifier, so that the same packets give the same list. Memory is bounded
/// however many flows there are (<see cref="RowSorter"/>): a flow becomes a row of the format at once, and long lists are sorted on disk.
/// </summary>
public sealed class FlowListing : IDisposable
{
    private const int OutputBytes = 1 << 16;

    private readonly IFlowRows _format;
    private readonly ImmutableArray<string> _capturePaths;
    private readonly RowSorter _rows;
    private readonly Utf8Row _text = new();

    /// <summary>Begins a list.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="capturePaths">Paths in the order in which <see cref="FlowRecord.Capture"/> counts them.</param>
    public FlowListing(FlowFormat format, ImmutableArray<string> capturePaths)
        : this(format, capturePaths, new RowSorter())
    {
    }

    /// <summary>Begins a list whose rows are sorted by <paramref name="rows"/>.</summary>
    internal FlowListing(FlowFormat format, ImmutableArray<string> capturePaths, RowSorter rows)
    {
        ArgumentNullException.ThrowIfNull(format);
        (_format, _capturePaths, _rows) = (format.Begin(), capturePaths, rows);
    }

    /// <summary>Adds a flow.</summary>
    /// <exception cref="SpillException">The temporary file of a long list fails.</exception>
    public void Add(FlowRecord flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _text.Clear();
        _format.Format(new FlowRow(flow, _capturePaths), _text);
        _rows.Add(new RowKey(flow.StartNs, flow.Id), _text.Written);
    }

    /// <summary>Writes the list, once.</summary>
    /// <param name="output">Where to; it is left open.</param>
    /// <param name="width">Columns of the terminal; null when lines may be of any length.</param>
    /// <exception cref="SpillException">The temporary file of a long list fails.</exception>
    public void Write(Stream output, int? width)
    {
        // The buffer is not disposed: that would close what it writes to.
        var buffered = new BufferedStream(output, OutputBytes);
        _format.Write(_rows, buffered, width);
        buffered.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _rows.Dispose();
        (_format as IDisposable)?.Dispose();
    }
}
