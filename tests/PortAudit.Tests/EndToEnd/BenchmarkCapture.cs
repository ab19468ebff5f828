using System.Diagnostics;
using System.Globalization;

namespace PortAudit.Tests.EndToEnd;

/// <summary>The generator of <c>tools/bench</c>, built by the system's C compiler, and a small capture that it
/// wrote.</summary>
public sealed class BenchmarkCapture : IDisposable
{
    private const string Compiler = "cc";
    private const string CaptureName = "capture.pcap";
    private const int Flows = 1000;
    private const int Bytes = 2_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("portaudit-").FullName;
    private readonly Lazy<string> _generator;
    private readonly Lazy<IReadOnlyDictionary<string, long>> _facts;

    /// <summary>Nothing is built before the capture is asked for: its tests may be skipped.</summary>
    public BenchmarkCapture()
    {
        _generator = new(Build);
        _facts = new(() => FactsOf(Write(CaptureName, seed: 1)));
    }

    /// <summary>True when the compiler is on the path.</summary>
    public static bool CanBeBuilt { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, Compiler)));

    /// <summary>What the generator says of the capture: flows of each kind, <c>flows</c>, <c>packets</c>,
    /// <c>bytes</c>.</summary>
    public IReadOnlyDictionary<string, long> Facts => _facts.Value;

    /// <summary>Path of the capture.</summary>
    public string Capture =>
        Facts.Count > 0 ? PathOf(CaptureName) : throw new InvalidOperationException("the generator told nothing");

    /// <summary>Path of a file in the folder of this build.</summary>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Writes a capture of the same size and gives what the generator says of it.</summary>
    public string Write(string name, int seed) => Run(_generator.Value, [.. new[] { Flows, Bytes,
        seed }.Select(number => number.ToString(CultureInfo.InvariantCulture)), PathOf(name)]);

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Dictionary<string, long> FactsOf(string output) => output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .ToDictionary(parts => parts[0], parts => long.Parse(parts[1], CultureInfo.InvariantCulture),
            StringComparer.Ordinal);

    private string Build()
    {
        var program = PathOf("generator");
        Run(Compiler, ["-std=c11", "-O2", "-o", program, Source("capture.c"), Source("frames.c"),
            Source("messages.c")]);
        return program;
    }

    private static string Source(string name) => Repository.PathOf("tools", "bench-src", name);

    private static string Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program,
            arguments)
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} exited {process.ExitCode}: {errors.Result}");
        return output;
    }
}
