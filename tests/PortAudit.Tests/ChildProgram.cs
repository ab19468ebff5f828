using System.Diagnostics;
using PortAudit.Live;
using PortAudit.Live.Interfaces;
using PortAudit.Tests.Capture.Ring;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Capture.Ring;

namespace PortAudit.Tests;

/// <summary>What runs in a process of its own, as it changes the process, or as the process is killed.</summary>
internal static class ChildProgram
{
    private const int FlushEvery = 50;

    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["become", var user]:
                Become(user);
                return 0;
            case ["ring", var path]:
                WriteForever(path);
                return 0;
            default:
                return 1;
        }
    }

    /// <summary>Starts it; what it says comes on its standard output, and it ends with its standard input.</summary>
    public static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(ChildProgram).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;

    private static void Become(string name)
    {
        // The other user may not be able to read the program: what runs afterwards runs before, too.
        Say(Rights());
        var problem = "";
        var user = CaptureUser.Find(name, out var unknown);
        if (user is not null)
            problem = user.Become();
        Say(unknown ?? problem ?? "done");
        Say(Rights());
        _ = Console.In.ReadLine();
    }

    /// <summary>Whether this thread can capture, whether another can, and whether root's files can be read.</summary>
    private static string Rights()
    {
        var other = Task.Run(CanCapture);
        return $"capture {CanCapture()}, elsewhere {other.Result}, files {CanRead("/etc/shadow")}";
    }

    private static bool CanCapture()
    {
        using var live = LiveCapture.TryOpen(new LiveOptions { Interfaces = ["lo"] }, CancellationToken.None, out _);
        return live is not null;
    }

    private static bool CanRead(string path)
    {
        try
        {
            return File.ReadAllBytes(path).Length >= 0;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Writes the same packets again and again and says how many are safe.</summary>
    private static void WriteForever(string path)
    {
        var capture = RingCapture.Of(500);
        using var source = CaptureFile.Open(new MemoryStream(capture), "test");
        _ = source.TryRead(out _);
        using var ring = PcapngRing.TryOpen(source, new PcapngRingOptions { Path = path }, out _)!;
        for (var number = 1L; ; number++)
        {
            ring.Write(new CapturedPacket(number, RingCapture.FirstNs + number, 0, LinkType.Ethernet, 1_000,
                capture.AsSpan(0, 100 + (int)(number % 500))));
            if (number % FlushEvery != 0)
                continue;
            ring.Flush();
            Say($"{number}");
        }
    }

    private static void Say(string text)
    {
        Console.Out.WriteLine(text);
        Console.Out.Flush();
    }
}
