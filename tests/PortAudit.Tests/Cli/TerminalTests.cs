using System.Globalization;
using PortAudit.Tests.EndToEnd;

namespace PortAudit.Tests.Cli;

/// <summary>What a person sees: the program on a terminal of tmux, whose screen is read while it runs. It reads a pipe
/// that stays open, so that it waits as long as the test wants.</summary>
public sealed class TerminalTests : IDisposable
{
    /// <summary>Lines above that of the program: tmux makes room for a line that breaks at the top of the
    /// screen.</summary>
    private const int LinesAbove = 15;

    private const int Lines = 20;

    private readonly TemporaryDirectory _directory = new();
    private readonly TmuxTerminal _terminal = new();

    public void Dispose()
    {
        _terminal.Dispose();
        _directory.Dispose();
    }

    [NeedsFact(Part.Tmux)]
    public void Progress_stays_on_one_line_through_every_size_of_the_window_and_is_gone_at_the_end()
    {
        Start(100, "flows -", "export LANG=C.UTF-8");
        _terminal.Await(screen => screen[^1].StartsWith("Reading  2,134 packets", StringComparison.Ordinal)
            && screen[^1].EndsWith("elapsed", StringComparison.Ordinal));
        foreach (var width in new[] { 30, 120, 20, 45, 11, 80 })
        {
            _terminal.Resize(width, Lines);
            _terminal.Await(screen => screen.Count == LinesAbove + 1
                && screen[^1].StartsWith("Reading", StringComparison.Ordinal) && screen[^1].Length <= width);
        }

        EndInput();
        Assert.Equal([.. Above, "end 0"],
            _terminal.Await(screen => screen[^1].StartsWith("end", StringComparison.Ordinal)));
        Assert.Contains("established", File.ReadAllText(_directory["out"]), StringComparison.Ordinal);
    }

    [NeedsFact(Part.Tmux)]
    public void What_is_logged_at_the_end_and_after_an_interruption_stands_alone()
    {
        Start(100, "flows -", "export LANG=C");
        _terminal.Await(screen => screen[^1].StartsWith("Reading", StringComparison.Ordinal));
        _terminal.Send("C-c");

        _terminal.Await(screen => screen[^1].StartsWith("warning: interrupted", StringComparison.Ordinal));
        EndInput();

        var screen = _terminal.Await(screen => screen[^1].StartsWith("end", StringComparison.Ordinal));
        Assert.Equal(["warning: interrupted: the report covers what was read so far", "end 130"], screen[^2..]);
        Assert.DoesNotContain(screen, line => line.Contains("Reading", StringComparison.Ordinal));
    }

    [NeedsTheory(Part.Tmux)]
    [InlineData("flows - -q", "true")]
    [InlineData("flows -", "export TERM=dumb")]
    public void A_quiet_run_and_a_dumb_terminal_show_nothing(string arguments, string setting)
    {
        Start(100, arguments, setting);
        _terminal.Await(screen => screen.Count == LinesAbove);
        Thread.Sleep(TimeSpan.FromSeconds(4));
        Assert.Equal(Above, _terminal.Screen());
    }

    [NeedsTheory(Part.Script)]
    [InlineData("", "--version")]
    [InlineData("NO_COLOR=1", "--help")]
    [InlineData("NO_COLOR=1", "catalog list --kind role")]
    [InlineData("", "catalog compare exchange exchange-2016-2019")]
    [InlineData("", "man")]
    [InlineData("", "policy check missing.cfg")]
    public void A_text_without_colour_has_no_escapes_on_a_terminal(string setting, string arguments)
    {
        var (_, output, error) = PublishedProgram.Run(_directory.Path, ["script", "-qc",
            $"env TERM=xterm-256color {setting} {PublishedProgram.ShellWords} {arguments}", "/dev/null"]);

        Assert.NotEqual("", output);
        Assert.DoesNotContain('\u001b', output);
        Assert.Equal("", error);
    }

    private static IEnumerable<string> Above =>
        Enumerable.Range(1, LinesAbove).Select(number => number.ToString(CultureInfo.InvariantCulture));

    private void Start(int width, string arguments, string setting)
    {
        var program = $"{PublishedProgram.ShellWords} {arguments} > '{_directory["out"]}'";
        var feed =
            $"(cat '{LyncEdge.Outside}'; trap '' INT; while [ ! -e '{_directory["stop"]}' ]; do sleep 0.1; done)";
        File.WriteAllText(_directory["run.sh"], $"{setting}; trap 'true' INT; seq {LinesAbove}; {feed} | {program}; "
            + $"echo end $?; touch '{_directory["stop"]}'; sleep 100\n");
        File.Delete(_directory["stop"]);
        _terminal.Start(width, Lines, $"sh '{_directory["run.sh"]}'");
    }

    private void EndInput() => File.WriteAllText(_directory["stop"], "");
}
