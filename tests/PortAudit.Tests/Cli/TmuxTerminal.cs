using System.Diagnostics;
using System.Globalization;

namespace PortAudit.Tests.Cli;

/// <summary>A terminal of tmux, with a server of its own.</summary>
internal sealed class TmuxTerminal : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private static int _count;

    private readonly string _server = string.Create(CultureInfo.InvariantCulture,
        $"portaudit-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");

    public void Dispose() => Tmux("kill-server");

    /// <summary>Runs a command on it.</summary>
    public void Start(int width, int height, string command) =>
        Tmux("-f", "/dev/null", "new-session", "-d", "-x", $"{width}", "-y", $"{height}", command);

    /// <summary>Changes its size.</summary>
    public void Resize(int width, int height) => Tmux("resize-window", "-x", $"{width}", "-y", $"{height}");

    /// <summary>Presses a key, as tmux names it.</summary>
    public void Send(string key) => Tmux("send-keys", "-t", "0", key);

    /// <summary>The lines of the screen and of what has scrolled off it, without empty ones.</summary>
    public List<string> Screen() => [.. Tmux("capture-pane", "-p", "-S", "-", "-t", "0").Split('\n')
        .Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    /// <summary>Reads the screen until it is as it should be.</summary>
    public List<string> Await(Func<List<string>, bool> isReached)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var screen = Screen();
            if (screen.Count > 0 && isReached(screen))
                return screen;
            Assert.True(clock.Elapsed < LongestWait, $"the screen stays:\n{string.Join('\n', screen)}");
            Thread.Sleep(100);
        }
    }

    private string Tmux(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("tmux",
            ["-L", _server, .. arguments])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        _ = errors.Result;
        return output;
    }
}
