using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace PortAudit.Tests.Live;

/// <summary><c>portaudit watch --format jsonl</c> in a process of its own, on the interface of a
/// <see cref="VethPair"/>.</summary>
internal sealed class WatchProgram : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task _reading;
    private readonly Task<string> _errors;
    private readonly List<JsonNode> _events = [];

    private WatchProgram(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _reading = Task.Run(Read);
    }

    /// <summary>What it has told so far.</summary>
    public List<JsonNode> Events
    {
        get
        {
            lock (_events)
                return [.. _events];
        }
    }

    /// <summary>Starts it in the namespace that receives. It is there when its first look is over.</summary>
    public static WatchProgram Start(VethPair link, string site, params string[] arguments)
    {
        string[] all = ["watch", "-i", VethPair.Interface(), "--site", site, "--interval", "1s", "--format", "jsonl",
            .. arguments];
        // A shell that runs the tests in the background has them ignore SIGINT, and their children with them.
        var process = Process.Start(new ProcessStartInfo("env",
            ["--default-signal=INT", "ip", "netns", "exec", link.Near.Name, .. PublishedProgram.Words, .. all])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return new WatchProgram(process);
    }

    /// <summary>Waits until something was told.</summary>
    public JsonNode Await(Func<JsonNode, bool> isShown)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (Events.Find(told => isShown(told)) is { } found)
                return found;
            Assert.True(clock.Elapsed < LongestWait && !_process.HasExited, $"it was not told; the latest is "
                + $"{Events.LastOrDefault()}\n{(_process.HasExited ? _errors.Result : "")}");
            Thread.Sleep(50);
        }
    }

    /// <summary>Waits until a look has so many packets.</summary>
    public void AwaitPackets(long packets) =>
        Await(told => (string?)told["event"] == "summary" && (long)told["packets"]! >= packets);

    /// <summary>Sends a signal by its name.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    public (int ExitCode, string Errors) End()
    {
        Assert.True(_process.WaitForExit(LongestWait), "it does not end");
        _reading.Wait();
        return (_process.ExitCode, _errors.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Read()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            var told = JsonNode.Parse(line)!;
            lock (_events)
                _events.Add(told);
        }
    }
}
