using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Observation;

/// <summary>Passes finished flows in order to a second thread, while the first reads on. They go in batches; the number
/// of waiting batches is bounded.</summary>
internal sealed class FlowQueue : IDisposable
{
    /// <summary>Flows in a batch: passing one on costs about a microsecond, shared by the whole batch.</summary>
    private const int BatchLength = 512;

    /// <summary>Batches that wait at most; beyond that the first thread blocks, so memory stays bounded.</summary>
    private const int MaximumWaiting = 16;

    /// <summary>Interval, in milliseconds, at which a wait for room checks that the second thread still runs.</summary>
    private const int WaitMilliseconds = 100;

    private readonly BlockingCollection<(List<FlowRecord> Flows, Action? Then)> _waiting = new(MaximumWaiting);
    private readonly Action<FlowRecord> _sink;
    private readonly Task _work;
    private List<FlowRecord> _batch = new(BatchLength);

    /// <summary>Starts the second thread; <paramref name="sink"/> is called only there.</summary>
    public FlowQueue(Action<FlowRecord> sink)
    {
        _sink = sink;
        _work = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>Queues a flow. Rethrows what the sink threw for an earlier one.</summary>
    public void Add(FlowRecord flow)
    {
        _batch.Add(flow);
        if (_batch.Count == BatchLength)
            ProtocolSwitch(null);
    }

    /// <summary>Runs an action on the second thread after all flows queued so far. Rethrows what the sink
    /// threw.</summary>
    public void Call(Action action) => ProtocolSwitch(action);

    /// <summary>True when the queue is so full that adding may soon block.</summary>
    public bool IsBusy => _waiting.Count > MaximumWaiting / 2;

    /// <summary>Passes on an incomplete batch. Rethrows what the sink threw.</summary>
    public void Flush()
    {
        if (_batch.Count > 0)
            ProtocolSwitch(null);
    }

    /// <summary>Waits until the sink has received every flow. Rethrows what it threw.</summary>
    public void Complete()
    {
        ProtocolSwitch(null);
        _waiting.CompleteAdding();
        _work.GetAwaiter().GetResult();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        // After a read failure the waiting flows are of no use.
        if (!_waiting.IsAddingCompleted)
            _waiting.CompleteAdding();
        ((IAsyncResult)_work).AsyncWaitHandle.WaitOne();
        _waiting.Dispose();
    }

    private void ProtocolSwitch(Action? then)
    {
        // The second thread ends early only if the sink threw.
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
