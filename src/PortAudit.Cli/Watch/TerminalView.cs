using System.Text;
using PortAudit.Reports.Watch;

namespace PortAudit.Cli.Watch;

/// <summary>Shows a <see cref="WatchBoard"/> full-screen, on a separate thread, so that a slow or stopped terminal
/// blocks nothing. Only changed lines are written, in one write to avoid flicker; after a resize all are.</summary>
internal sealed class TerminalView : IDisposable
{
    // ECMA-48 and xterm's private modes: the alternate screen, the cursor's visibility, and synchronized output, which
    // terminals that do not know it ignore.
    private const string Enter = "\u001b[?1049h\u001b[?25l";
    private const string Leave = "\u001b[?25h\u001b[?1049l";
    private const string BeginUpdate = "\u001b[?2026h";
    private const string EndUpdate = "\u001b[?2026l";
    private const string ClearScreen = "\u001b[2J";
    private const string ClearRestOfLine = "\u001b[K";

    private const int RedrawMs = 250;

    private readonly WatchBoard _board;
    private readonly TextWriter _terminal;
    private readonly Func<(int Width, int Height)> _size;
    private readonly bool _color;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private string[] _shown = [];
    private (int Width, int Height) _shownSize;

    /// <summary>Begins to show.</summary>
    /// <param name="board">What is shown.</param>
    /// <param name="terminal">Where.</param>
    /// <param name="size">Columns and lines of the terminal now.</param>
    /// <param name="color">True to add colour.</param>
    public TerminalView(WatchBoard board, TextWriter terminal, Func<(int Width, int Height)> size, bool color)
    {
        (_board, _terminal, _size, _color) = (board, terminal, size, color);
        _terminal.Write(Enter);
        Draw();
        _thread = new Thread(Run) { IsBackground = true, Name = "view" };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
        _terminal.Write(Leave);
        _terminal.Flush();
    }

    private void Run()
    {
        while (!_stop.Wait(RedrawMs))
            Draw();
    }

    private void Draw()
    {
        var size = _size();
        var lines = WatchScreen.Render(_board.Picture, size.Width, size.Height, _color);
        var text = new StringBuilder(BeginUpdate);
        if (size != _shownSize)
        {
            text.Append(ClearScreen);
            _shown = new string[size.Height];
            _shownSize = size;
        }

        for (var row = 0; row < lines.Length; row++)
        {
            if (lines[row] == _shown[row])
                continue;
            // Cleared first: behind a line of full width some terminals would take its last character.
            text.Append("\u001b[").Append(row + 1).Append(";1H").Append(ClearRestOfLine).Append(lines[row]);
            _shown[row] = lines[row];
        }

        _terminal.Write(text.Append(EndUpdate));
        _terminal.Flush();
    }
}
