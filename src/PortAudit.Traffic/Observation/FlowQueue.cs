using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>
/// Hands finished flows to a second thread, in the order in which they come: what is done with them there gives the
/// same result as on the first, which reads on meanwhile. They go over in batches, of which a few wait at most.
/// </summary>
internal sealed class FlowQueue : IDisposable
{
    /// <summary>Flows of a batch: handing one over costs about a microsecond, which so many share.</summary>
    private const int BatchLength = 512;

    /// <summary>Batches that wait at most; then the first thread waits, so that memory stays bounded.</summary>
    private const int MaximumWaiting = 16;

    /// <summary>How long to wait for room before looking whether the second thread still works, in
    /// milliseconds.</summary>
    private const int WaitMilliseconds = 100;

    private readonly BlockingCollection<(List<FlowRecord> Flows, Action? Then)> _waiting = new(MaximumWaiting);
    private readonly Action<FlowRecord> _sink;
    private readonly Task _work;
    private List<FlowRecord> _batch = new(BatchLength);

    /// <summary>Begins the second thread.</summary>
    /// <param name="sink">Called there only.</param>
    public FlowQueue(Action<FlowRecord> sink)
    {
        _sink = sink;
        _work = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>Hands a flow over. Throws what the sink has thrown for an earlier one.</summary>
    public void Add(FlowRecord flow)
    {
        _batch.Add(flow);
        if (_batch.Count == BatchLength)
            ProtocolSwitch(null);
    }

    /// <summary>Calls something on the second thread, once the sink has had the flows that were handed over until now.
    /// Throws what the sink has thrown.</summary>
    public void Call(Action action) => ProtocolSwitch(action);

    /// <summary>True when so much waits that handing more over might have to wait soon.</summary>
    public bool IsBusy => _waiting.Count > MaximumWaiting / 2;

    /// <summary>Hands over what there is, though it fills no batch. Throws what the sink has thrown.</summary>
    public void Flush()
    {
        if (_batch.Count > 0)
            ProtocolSwitch(null);
    }

    /// <summary>Waits until the sink has had every flow. Throws what it has thrown.</summary>
    public void Complete()
    {
        ProtocolSwitch(null);
        _waiting.CompleteAdding();
        _work.GetAwaiter().GetResult();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // After a failure in reading, the flows that still wait are of no use to anybody.
        if (!_waiting.IsAddingCompleted)
            _waiting.CompleteAdding();
        ((IAsyncResult)_work).AsyncWaitHandle.WaitOne();
        _waiting.Dispose();
    }

    private void ProtocolSwitch(Action? then)
    {
        // The second thread has ended before its time only if the sink threw.
        while (!_work.IsCompleted)
        {
            if (_waiting.TryAdd((_batch, then), WaitMilliseconds))
            {
                _batch = new List<FlowRecord>(BatchLength);
                return;
            }
        }

        if (_work.Exception is { InnerException: { } failure })
            ExceptionDispatchInfo.Throw(failure);
    }

    private void Work()
    {
        foreach (var (flows, then) in _waiting.GetConsumingEnumerable())
        {
            foreach (var flow in flows)
                _sink(flow);
            then?.Invoke();
        }
    }
}
