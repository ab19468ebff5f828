using PortAudit.Cli.Terminal;
using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Cli;

/// <summary>The line of progress, by a clock and a terminal that the test moves.</summary>
public sealed class ProgressTests : IDisposable
{
    private const string Begin = "\r\u001b[?7l";
    private const string End = "\u001b[?7h\u001b[J\r";
    private const string Wiped = "\r\u001b[J";

    private readonly ManualClock _clock = new();
    private readonly StringWriter _screen = new();
    private readonly ReadingPosition _position = new();
    private int _width = 100;

    public void Dispose() => _screen.Dispose();

    [Fact]
    public void Work_that_is_soon_done_shows_nothing()
    {
        var line = Line();
        using (line.Begin("Reading", _position, 1000))
            _clock.Advance(TimeSpan.FromMilliseconds(499));

        Assert.Equal("", _screen.ToString());
    }

    [Fact]
    public void Long_work_is_shown_five_times_a_second_and_wiped_at_its_end()
    {
        var line = Line();
        using (line.Begin("Reading", _position, 1000))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(500));
            Assert.Single(Drawn());
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(6, Drawn().Count);
        }

        Assert.EndsWith(Wiped, _screen.ToString(), StringComparison.Ordinal);
        var length = _screen.ToString().Length;
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(length, _screen.ToString().Length);
    }

    [Fact]
    public void A_line_leaves_the_cursor_at_its_beginning()
    {
        var line = Line();
        using var step = line.Begin("Reading", _position, 1000);
        _clock.Advance(ProgressLine.Patience);

        Assert.StartsWith($"{Begin}Reading", _screen.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(End, _screen.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', _screen.ToString());
    }

    [Fact]
    public void A_quiet_run_and_one_without_a_terminal_show_nothing()
    {
        var quiet = Line();
        quiet.BeQuiet();

        Assert.Null(quiet.Begin("Reading"));
        Assert.Null(new ProgressLine(null).Begin("Reading"));
    }

    [Fact]
    public void What_else_is_written_stands_on_a_line_of_its_own()
    {
        var line = Line();
        using var step = line.Begin("Reading", _position, 1000);
        _clock.Advance(ProgressLine.Patience);
        _screen.GetStringBuilder().Clear();
        line.Aside(() => _screen.Write("warning: x\n"));
        _clock.Advance(ProgressLine.Interval);

        Assert.StartsWith($"{Wiped}warning: x\n{Begin}Reading", _screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_that_has_nothing_drawn_on_it_is_not_wiped()
    {
        var line = Line();
        using (line.Begin("Reading"))
            line.Aside(() => _screen.Write("warning: x\n"));

        Assert.Equal("warning: x\n", _screen.ToString());
    }

    [Fact]
    public void Every_width_gets_a_line_that_is_shorter()
    {
        var line = Line();
        using var step = line.Begin("Finding evidence", _position, 4_000_000_000);
        _position.Packets = 123_456_789;
        _position.Add(1_234_567_890);
        _clock.Advance(TimeSpan.FromSeconds(3));
        for (_width = 1; _width <= 200; _width++)
        {
            _screen.GetStringBuilder().Clear();
            _clock.Advance(ProgressLine.Interval);
            Assert.All(Drawn(), drawn => Assert.True(drawn.Length < _width, drawn));
        }
    }

    [Theory]
    [InlineData(120, true,
        "Reading  ███████░░░░░░░░░░░░░░░░░░░░░   25 %  2,000,000 packets  (500.0 k/s)   25.0 MB/s  0:12 left")]
    [InlineData(80, true, "Reading  ██░░░░░░   25 %  2,000,000 packets  (500.0 k/s)   25.0 MB/s  0:12 left")]
    [InlineData(80, false, "Reading  ##------   25 %  2,000,000 packets  (500.0 k/s)   25.0 MB/s  0:12 left")]
    [InlineData(60, true, "Reading  ██░░░░░░   25 %  2,000,000 packets  0:12 left")]
    [InlineData(40, true, "Reading  ██░░░░░░   25 %  0:12 left")]
    [InlineData(20, true, "Reading   25 %")]
    public void A_narrow_terminal_keeps_what_matters_most(int width, bool isUnicode, string expected)
    {
        var figures = new ProgressFigures("Reading", _position, 400_000_000);
        Steadily(figures, 4, packetsPerSecond: 500_000, bytesPerSecond: 25_000_000);

        Assert.Equal(expected, ProgressText.Of(figures, width, isUnicode));
    }

    [Fact]
    public void Standard_input_has_packets_a_rate_and_the_time_so_far()
    {
        var figures = new ProgressFigures("Reading", _position, null);
        Steadily(figures, 65, packetsPerSecond: 1000, bytesPerSecond: 0);

        Assert.Equal("Reading  65,000 packets  (1.0 k/s)    1:05 elapsed",
            ProgressText.Of(figures, 100, isUnicode: true));
    }

    [Fact]
    public void A_step_that_nobody_counts_has_its_time() =>
        Assert.Equal("Writing reports  0:00 elapsed",
            ProgressText.Of(new ProgressFigures("Writing reports", null, null), 100, isUnicode: true));

    [Fact]
    public void When_all_is_read_the_rest_of_the_work_is_told_apart()
    {
        var figures = new ProgressFigures("Reading", _position, 4_000);
        Steadily(figures, 5, packetsPerSecond: 10, bytesPerSecond: 1000);

        Assert.Equal(1, figures.Share);
        Assert.Equal("Reading  ##################  100 %  50 packets  (10/s)         1.0 kB/s  finishing, 0:05 elapsed",
            ProgressText.Of(figures, 100, isUnicode: false));
    }

    [Fact]
    public void The_time_left_counts_down_while_the_rate_jitters()
    {
        const long total = 10_000_000;
        var figures = new ProgressFigures("Reading", _position, total);
        var shown = new List<double>();
        for (var tick = 1; tick <= 400; tick++)
        {
            // Twice as fast and not at all, in turns: 20 kB a tick on average, so that the end comes at 500 ticks.
            _position.Add(tick % 2 == 0 ? 40_000 : 0);
            figures.Update(TimeSpan.FromSeconds(tick * 0.2));
            if (figures.Left is { } left)
                shown.Add(left.TotalSeconds);
        }

        Assert.InRange(shown[^1], 15, 25);
        Assert.All(shown.Zip(shown.Skip(1)).Skip(50), pair => Assert.InRange(pair.Second - pair.First, -4, 0.01));
    }

    [Fact]
    public void The_time_left_follows_when_the_rate_changes_for_good()
    {
        var figures = new ProgressFigures("Reading", _position, 1_000_000_000);
        Steadily(figures, 10, packetsPerSecond: 1, bytesPerSecond: 10_000_000);
        Assert.Equal(90, figures.Left!.Value.TotalSeconds, tolerance: 1);
        for (var second = 1; second <= 30; second++)
        {
            _position.Add(1_000_000);
            figures.Update(TimeSpan.FromSeconds(10 + second));
        }

        // 870 MB at 1 MB/s.
        Assert.InRange(figures.Left!.Value.TotalSeconds, 700, 880);
    }

    [Theory]
    [InlineData("en_GB.UTF-8", true)]
    [InlineData("C.utf8", true)]
    [InlineData("C", false)]
    [InlineData("de_DE.ISO-8859-1", false)]
    [InlineData("", false)]
    public void The_locale_says_whether_the_terminal_shows_more_than_ASCII(string locale, bool isUnicode)
    {
        Assert.Equal(isUnicode, ProgressTerminal.ShowsUtf8(name => name == "LANG" ? locale : null));
        Assert.Equal(isUnicode, ProgressTerminal.ShowsUtf8(name =>
            name == "LC_ALL" ? locale : name == "LANG" && locale.Length > 0 ? "C.UTF-8" : null));
    }

    private ProgressLine Line() => new(new ProgressTerminal(_screen, () => _width, IsUnicode: true, _clock));

    private List<string> Drawn() => [.. _screen.ToString().Split(End, StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Replace(Begin, "", StringComparison.Ordinal))];

    private void Steadily(ProgressFigures figures, int seconds, long packetsPerSecond, long bytesPerSecond)
    {
        for (var second = 1; second <= seconds; second++)
        {
            _position.Packets += packetsPerSecond;
            _position.Add(bytesPerSecond);
            figures.Update(TimeSpan.FromSeconds(second));
        }
    }

    /// <summary>A clock that stands until it is moved. Timers that are due call in their order.</summary>
    private sealed class ManualClock : TimeProvider
    {
        private readonly List<ManualTimer> _timers = [];
        private TimeSpan _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new ManualTimer(this, () => callback(state), _now + dueTime, period);
            _timers.Add(timer);
            return timer;
        }

        public void Advance(TimeSpan time)
        {
            var until = _now + time;
            while (_timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due) is { } next)
            {
                _now = next.Due;
                next.Call();
            }

            _now = until;
        }

        private sealed class ManualTimer(ManualClock clock, Action call, TimeSpan due, TimeSpan period) : ITimer
        {
            public TimeSpan Due { get; private set; } = due;

            public void Call()
            {
                Due += period;
                call();
            }

            public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

            public void Dispose() => clock._timers.Remove(this);

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
