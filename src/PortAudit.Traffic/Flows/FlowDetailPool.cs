using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Flows;

/// <summary>
/// The details of flows by their numbers, so that flows hold no references. It keeps those of ended flows for new ones,
/// so that it allocates only while more flows need them at one time than ever before.
/// </summary>
internal sealed class FlowDetailPool
{
    private const int InitialLength = 16;
    private readonly Stack<int> _free = new();
    private readonly Stack<StreamLedger> _freeLedgers = new();
    private readonly Stack<LossWatch> _freeWatches = new();
    private readonly Stack<FlowTraceDraft> _freeTraces = new();

    /// <summary>By number; the first place stays empty.</summary>
    private FlowDetail?[] _details = new FlowDetail?[InitialLength];
    private int _highest;

    /// <summary>The detail of a flow, null when it has none.</summary>
    public FlowDetail? Find(ref readonly Flow flow) => _details[flow.DetailNumber];

    /// <summary>The detail of a flow, given to it at the first call.</summary>
    public FlowDetail Of(ref Flow flow)
    {
        if (flow.DetailNumber == 0)
            flow.DetailNumber = _free.TryPop(out var free) ? free : Add();
        return _details[flow.DetailNumber]!;
    }

    /// <summary>The ledger of a connection, given to it at the first call.</summary>
    public StreamLedger LedgerOf(ref Flow flow) =>
        Of(ref flow).Ledger ??= _freeLedgers.TryPop(out var free) ? free : new StreamLedger();

    /// <summary>What a connection waits for, given to it at the first call.</summary>
    public LossWatch WatchOf(ref Flow flow) =>
        Of(ref flow).Watch ??= _freeWatches.TryPop(out var free) ? free : new LossWatch();

    /// <summary>What other capture points may compare of a flow, given to it at the first call.</summary>
    public FlowTraceDraft TraceOf(ref Flow flow) =>
        Of(ref flow).Trace ??= TakeTrace();

    /// <summary>Flows under way that have what other points may compare.</summary>
    public int TracesInUse { get; private set; }

    /// <summary>The frame that proved the protocol of a flow; number 0 when none did.</summary>
    public FrameReference ProtocolFrameOf(ref readonly Flow flow) =>
        flow.ProtocolFrameNumber != 0
            ? new FrameReference(flow.Capture, flow.ProtocolFrameNumber)
            : Find(in flow)?.ProtocolFrame ?? default;

    /// <summary>Notes how many flows before one that begins had its key and its start: nearly always none.</summary>
    public void NoteIncarnations(ref Flow flow, int incarnations)
    {
        if (incarnations > 0)
            Of(ref flow).Incarnations = incarnations;
    }

    /// <summary>Takes a flow's detail back.</summary>
    public void Return(ref Flow flow)
    {
        if (Find(in flow) is not { } detail)
            return;
        if (detail.Ledger is { } ledger)
        {
            ledger.Clear();
            _freeLedgers.Push(ledger);
        }

        if (detail.Watch is { } watch)
        {
            watch.Clear();
            _freeWatches.Push(watch);
        }

        if (detail.Trace is { } trace)
        {
            trace.Clear();
            TracesInUse--;
            _freeTraces.Push(trace);
        }

        detail.Clear();
        _free.Push(flow.DetailNumber);
        flow.DetailNumber = 0;
    }

    private FlowTraceDraft TakeTrace()
    {
        TracesInUse++;
        return _freeTraces.TryPop(out var free) ? free : new FlowTraceDraft();
    }

    private int Add()
    {
        if (++_highest == _details.Length)
            Array.Resize(ref _details, _highest * 2);
        _details[_highest] = new FlowDetail();
        return _highest;
    }
}
