using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Watch;

/// <summary>Shows notices while watching: in the log, or, while a view has the terminal, on the view and later in the
/// log. Thread-safe.</summary>
/// <param name="board">What the view shows.</param>
/// <param name="log">The log.</param>
/// <param name="isHeldBack">True while a view has the terminal.</param>
internal sealed class WatchNotices(WatchBoard board, DiagnosticLog log, bool isHeldBack)
{
    /// <summary>Notices, the latest, that are held back while the view has the terminal.</summary>
    private const int MaximumHeld = 1_000;

    private readonly Lock _gate = new();
    private readonly Queue<string> _held = new();
    private bool _isHeldBack = isHeldBack;

    public void Say(string line)
    {
        lock (_gate)
        {
            if (!_isHeldBack)
            {
                log.Warning(line);
                return;
            }

            board.Note(line);
            _held.Enqueue(line);
            if (_held.Count > MaximumHeld)
                _held.Dequeue();
        }
    }

    /// <summary>The terminal is free again: what was held back goes to the log.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _isHeldBack = false;
            while (_held.TryDequeue(out var line))
                log.Warning(line);
        }
    }
}
