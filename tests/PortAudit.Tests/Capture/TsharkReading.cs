using System.Collections.Concurrent;
using System.Diagnostics;

namespace PortAudit.Tests.Capture;

/// <summary>What tshark says of a capture, the outermost occurrence of each field, without any reassembly.</summary>
/// <param name="ExitCode">0 when it read all of the file.</param>
/// <param name="Frames">One row a frame.</param>
internal sealed record TsharkReading(int ExitCode, IReadOnlyList<TsharkFrame> Frames)
{
    private static readonly ConcurrentDictionary<string, Lazy<TsharkReading>> Cache = new(StringComparer.Ordinal);

    /// <summary>Runs tshark once a file.</summary>
    public static TsharkReading Read(string path) =>
        Cache.GetOrAdd(path, p => new Lazy<TsharkReading>(() => Run(p))).Value;

    private static TsharkReading Run(string path)
    {
        var start = new ProcessStartInfo("tshark") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-n", "-r", path, "-T", "fields", "-E", "occurrence=f", "-o",
            "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE", "-o", "tcp.desegment_tcp_streams:FALSE"])
            start.ArgumentList.Add(argument);
        foreach (var field in TsharkFrame.Fields)
        {
            start.ArgumentList.Add("-e");
            start.ArgumentList.Add(field);
        }

        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var frames = new List<TsharkFrame>();
        while (process.StandardOutput.ReadLine() is { } line)
            frames.Add(new TsharkFrame(line.Split('\t')));
        process.WaitForExit();
        return new TsharkReading(process.ExitCode, frames);
    }
}
