using PortAudit.Audit.Site;
using PortAudit.Cli.Terminal;
using PortAudit.Cli.Watch;
using Serilog.Core;
using Serilog.Events;

namespace PortAudit.Tests.Cli;

public sealed class WatchStateTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("{\"Lines\":[]}")]
    [InlineData("null")]
    [InlineData("[1")]
    [InlineData("""{"Journal":{"Sequence":1},"Lines":[]}""")]
    [InlineData("""{"Journal":{"Sequence":1,"Findings":{"a":{"Kind":99}},"Rules":[]},"Lines":[]}""")]
    [InlineData("""{"Journal":{"Sequence":1,"Findings":{"a":{"Severity":9}},"Rules":[]},"Lines":[]}""")]
    [InlineData("""{"Journal":{"Sequence":1,"Findings":{},"Rules":[{"Status":-1}]},"Lines":[]}""")]
    public void A_journal_that_lacks_what_was_told_is_kept_aside(string journal)
    {
        using var directory = new TemporaryDirectory();
        var path = directory["state"];
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.WriteAllText(Path.Combine(path, "watch.json"), journal);
        var load = SiteLoader.Load(Repository.PathOf("captures", "lync-edge", "site.yaml"), null);
        using var output = new StringWriter();
        using var log = new DiagnosticLog(new CommandEnvironment
        {
            Output = output,
            OutputBytes = Stream.Null,
            Error = output,
            Input = () => Stream.Null,
            LogTo = sinks => sinks.Sink(new Unheard())
        });

        using var state = WatchState.TryOpen(path, load, [], null, log);

        Assert.NotNull(state);
        Assert.Empty(state.Unsent);
        Assert.Single(Directory.GetFiles(path, "watch.json.damaged-*"));
        Assert.False(File.Exists(Path.Combine(path, "watch.json")));
    }

    private sealed class Unheard : ILogEventSink
    {
        public void Emit(LogEvent logEvent)
        {
        }
    }
}
