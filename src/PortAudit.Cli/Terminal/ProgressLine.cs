using PortAudit.Traffic.Capture;

namespace PortAudit.Cli.Terminal;

/// <summary>The progress line on a terminal. Another thread draws it a few times a second, so that work never waits;
/// short work shows nothing. Other terminal output meanwhile goes through <see cref="Aside"/>.</summary>
/// <param name="terminal">Where to; null for nowhere.</param>
internal sealed class ProgressLine(ProgressTerminal? terminal)
{
    /// <summary>How long a step takes before it is shown.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _turn = new();
    private bool _isQuiet;
    private bool _isDrawn;

    public void BeQuiet() => _isQuiet = true;

    /// <summary>Begins a step, which ends when it is disposed.</summary>
    /// <param name="title">What is done, in a word or two.</param>
    /// <param name="position">How far it has come; null where it is not counted.</param>
    /// <param name="totalBytes">Bytes at its end; null where that is not known.</param>
    /// <returns>Null where nothing is shown.</returns>
    public IDisposable? Begin(string title, ReadingPosition? position = null, long? totalBytes = null) =>
        terminal is null || _isQuiet
            ? null
            : new Step(this, terminal, new ProgressFigures(title, position, totalBytes));

    /// <summary>Writes something else where the line stands; the line comes back below it.</summary>
    public void Aside(Action write)
    {
        lock (_turn)
        {
            Wipe();
            write();
        }
    }

    private void Wipe()
    {
        if (_isDrawn)
            terminal!.Wipe();
        _isDrawn = false;
    }

    private sealed class Step : IDisposable
    {
        private readonly ProgressLine _line;
        private readonly ProgressTerminal _terminal;
        private readonly ProgressFigures _figures;
        private readonly long _begin;
        private readonly ITimer _timer;
        private bool _isOver;

        public Step(ProgressLine line, ProgressTerminal terminal, ProgressFigures figures)
        {
            (_line, _terminal, _figures) = (line, terminal, figures);
            _begin = terminal.Clock.GetTimestamp();
            _timer = terminal.Clock.CreateTimer(_ => Draw(), null, Patience, Interval);
        }

        public void Dispose()
        {
            _timer.Dispose();
            lock (_line._turn)
            {
                _isOver = true;
                _line.Wipe();
            }
        }

        private void Draw()
        {
            lock (_line._turn)
            {
                // The timer may have called just before it was disposed.
                if (_isOver)
                    return;
                _figures.Update(_terminal.Clock.GetElapsedTime(_begin));
                _terminal.Draw(ProgressText.Of(_figures, _terminal.Width(), _terminal.IsUnicode));
                _line._isDrawn = true;
            }
        }
    }
}
