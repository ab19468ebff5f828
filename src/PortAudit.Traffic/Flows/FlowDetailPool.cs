using PortAudit.Traffic.Capture;

namespace PortAudit.Traffic.Flows;

/// <summary>Details of flows by number, so that flows hold no references. Reuses those of ended flows: allocates only
/// when more are in use than ever before.</summary>
internal sealed class FlowDetailPool
{
    private const int InitialLength = 16;
    private readonly Stack<int> _free = new();
    private readonly Stack<StreamLedger> _freeLedgers = new();
    private readonly Stack<LossWatch> _freeWatches = new();
    private readonly Stack<FlowTraceDraft> _freeTraces = new();

    /// <summary>By number; entry 0 stays empty.</summary>
    private FlowDetail?[] _details = new FlowDetail?[InitialLength];
    private int _highest;

    /// <summary>The detail of a flow; null when it has none.</summary>
    public FlowDetail? Find(ref readonly Flow flow) => _details[flow.DetailNumber];

    /// <summary>The detail of a flow, created when missing.</summary>
    public FlowDetail Of(ref Flow flow)
    {
        if (flow.DetailNumber == 0)
            flow.DetailNumber = _free.TryPop(out var free) ? free : Add();
        return _details[flow.DetailNumber]!;
    }

    /// <summary>The ledger of a connection, created when missing.</summary>
    public StreamLedger LedgerOf(ref Flow flow) =>
        Of(ref flow).Ledger ??= _freeLedgers.TryPop(out var free) ? free : new StreamLedger();

    /// <summary>The watch of a connection, created when missing.</summary>
    public LossWatch WatchOf(ref Flow flow) =>
        Of(ref flow).Watch ??= _freeWatches.TryPop(out var free) ? free : new LossWatch();

    /// <summary>The trace of a flow, created when missing.</summary>
    public FlowTraceDraft TraceOf(ref Flow flow) =>
        Of(ref flow).Trace ??= TakeTrace();

    /// <summary>Active flows with a trace.</summary>
    public int TracesInUse { get; private set; }

    /// <summary>The frame that proved the protocol; number 0 without one.</summary>
    public FrameReference ProtocolFrameOf(ref readonly Flow flow) =>
        flow.ProtocolFrameNumber != 0
            ? new FrameReference(flow.Capture, flow.ProtocolFrameNumber)
            : Find(in flow)?.ProtocolFrame ?? default;

    /// <summary>Sets the number of earlier flows with the same key and start: nearly always 0.</summary>
    public void NoteIncarnations(ref Flow flow, int incarnations)
    {
        if (incarnations > 0)
            Of(ref flow).Incarnations = incarnations;
    }

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
