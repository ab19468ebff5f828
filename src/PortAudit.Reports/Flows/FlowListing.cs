using System.Collections.Immutable;
using PortAudit.Audit.Site;
using PortAudit.Reports.Flows.CommunityIds;
using PortAudit.Reports.Rows;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Flows;

/// <summary>Lists flows in one format, sorted by start and identifier, so that the same packets give the same list.
/// Memory is bounded (<see cref="RowSorter"/>): flows become rows at once, and long lists are sorted on disk. A list
/// sorted otherwise holds its flows (<see cref="FlowRanking"/>).</summary>
public sealed class FlowListing : IDisposable
{
    private const int OutputBytes = 1 << 16;

    private readonly IFlowRows _format;
    private readonly ImmutableArray<string> _capturePaths;
    private readonly RowSorter _rows;
    private readonly FlowBatch _batch = new();
    private readonly HostDirectory? _directory;
    private readonly FlowRanking? _ranking;
    private long _ranked;
    private readonly Utf8Row _text = new();
    private BufferedStream? _output;
    private RowReceiver? _receiver;

    /// <summary>Begins a list.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="capturePaths">Paths in the order in which <see cref="FlowRecord.Capture"/> counts them.</param>
    /// <param name="choices">What the user chose.</param>
    public FlowListing(FlowFormat format, ImmutableArray<string> capturePaths, FlowListChoices choices)
        : this(format, capturePaths, new RowSorter(), choices)
    {
    }

    /// <summary>Begins a list whose rows are sorted by <paramref name="rows"/>.</summary>
    internal FlowListing(FlowFormat format, ImmutableArray<string> capturePaths, RowSorter rows,
        FlowListChoices choices)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(choices);
        (_format, _capturePaths, _rows) = (format.Begin(choices), capturePaths, rows);
        _directory = choices.Site is null ? null : new HostDirectory(choices.Site);
        _ranking = choices.SortBy is null ? null : new FlowRanking(choices, _directory, capturePaths);
    }

    /// <summary>Adds a flow.</summary>
    /// <exception cref="SpillException">The temporary file of a long list fails.</exception>
    public void Add(FlowRecord flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (_ranking is null)
            AddRow(flow);
        else
            _ranking.Add(flow);
    }

    /// <summary>Declares that further flows come in order of start: each is then written as soon as none can precede
    /// it, if the format and the number of flows allow. This saves memory and stays in a core's cache.</summary>
    /// <param name="output">As for <see cref="Write"/>.</param>
    public void WriteInOrder(Stream output)
    {
        FormatBatch();
        if (_ranking is null && !_format.NeedsAllRows && _rows.ExpectInOrder())
            Begin(output);
    }

    /// <summary>Writes the list, once.</summary>
    /// <param name="output">Where to; it is left open.</param>
    /// <param name="width">Columns of the terminal; null when lines may be of any length.</param>
    /// <exception cref="SpillException">The temporary file of a long list fails.</exception>
    public void Write(Stream output, int? width)
    {
        foreach (var flow in _ranking?.InOrder() ?? [])
            AddRow(flow);
        FormatBatch();
        var buffered = _output ?? Begin(output);
        _format.Write(_rows, buffered, width);
        buffered.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _rows.Dispose();
        (_format as IDisposable)?.Dispose();
    }

    private BufferedStream Begin(Stream output)
    {
        // Not disposed, which would close the stream.
        _output = new BufferedStream(output, OutputBytes);
        _receiver = _output.Write;
        _format.WriteHead(_output);
        return _output;
    }

    private void AddRow(FlowRecord flow)
    {
        _batch.Add(flow);
        if (_batch.IsFull)
            FormatBatch();
    }

    private void FormatBatch()
    {
        for (var index = 0; index < _batch.Count; index++)
        {
            var row = new FlowRow(_batch, index, _capturePaths) { Directory = _directory };
            _rows.Begin(_text);
            _format.Format(row, _text);
            _rows.Add(_ranking is null ? new RowKey(row.Flow.StartNs, row.Flow.Id) : new RowKey(_ranked++, 0), _text);
        }

        if (_receiver is not null && _batch.Count > 0)
            _rows.HandOut(_batch[_batch.Count - 1].StartNs, _receiver);
        _batch.Clear();
    }
}
