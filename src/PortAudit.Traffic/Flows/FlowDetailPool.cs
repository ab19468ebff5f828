namespace PortAudit.Traffic.Flows;

/// <summary>Keeps the details of ended flows for new ones, so that it allocates only while more flows need them at one time than ever before.</summary>
internal sealed class FlowDetailPool
{
    private readonly Stack<FlowDetail> _free = new();
    private readonly Stack<StreamLedger> _freeLedgers = new();

    /// <summary>The detail of a flow, given to it at the first call.</summary>
    public FlowDetail Of(ref Flow flow) => flow.Detail ??= _free.TryPop(out var free) ? free : new FlowDetail();

    /// <summary>The ledger of a connection, given to it at the first call.</summary>
    public StreamLedger LedgerOf(ref Flow flow) => Of(ref flow).Ledger ??= _freeLedgers.TryPop(out var free) ? free : new StreamLedger();

    /// <summary>Takes a flow's detail back.</summary>
    public void Return(ref Flow flow)
    {
        if (flow.Detail is not { } detail)
            return;
        if (detail.Ledger is { } ledger)
        {
            ledger.Clear();
            _freeLedgers.Push(ledger);
        }

        detail.Clear();
        _free.Push(detail);
        flow.Detail = null;
    }
}
