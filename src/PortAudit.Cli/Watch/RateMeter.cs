namespace PortAudit.Cli.Watch;

/// <summary>Packets and bytes per second over the last seconds.</summary>
internal sealed class RateMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(3);

    private readonly Queue<(TimeSpan At, long Packets, long Bytes)> _samples = new([(TimeSpan.Zero, 0, 0)]);

    public double PacketsPerSecond { get; private set; }

    public double BytesPerSecond { get; private set; }

    /// <summary>Notes what has come until now.</summary>
    /// <param name="at">Time since some moment.</param>
    /// <param name="packets">Packets since then.</param>
    /// <param name="bytes">Bytes since then.</param>
    public void Note(TimeSpan at, long packets, long bytes)
    {
        _samples.Enqueue((at, packets, bytes));
        while (_samples.Count > 2 && at - _samples.Peek().At > Window)
            _samples.Dequeue();
        var first = _samples.Peek();
        var seconds = (at - first.At).TotalSeconds;
        if (seconds > 0)
            (PacketsPerSecond, BytesPerSecond) = ((packets - first.Packets) / seconds, (bytes - first.Bytes) / seconds);
    }
}
