using System.Diagnostics;

namespace PortAudit.Tests;

/// <summary>Runs tshark, the oracle.</summary>
internal static class Tshark
{
    /// <summary>True when the program is on the path.</summary>
    public static bool IsInstalled { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "tshark")));

    /// <summary>The values of fields, a row for each packet that the filter selects; a field's several values are
    /// parted by commas.</summary>
    public static IReadOnlyList<string[]> Fields(string capture, string filter, params string[] fields)
    {
        string[] arguments =
        [
            "-n", "-r", capture, "-o", "ip.defragment:FALSE", "-o", "tcp.reassemble_out_of_order:TRUE",
            .. filter.Length > 0 ? new[] { "-Y", filter } : [],
            "-T", "fields", "-E", "separator=|", "-E", "occurrence=a",
            .. fields.SelectMany(field => new[] { "-e", field }),
        ];
        return [.. Run(arguments).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'))];
    }

    /// <summary>Numbers of the frames that a display filter selects, under preferences if there are any (<c>-o</c>,
    /// <c>name:value</c>, …).</summary>
    public static IReadOnlyList<long> Select(string capture, string filter, params string[] preferences) =>
        [.. Run(["-n", "-r", capture, "-o", "ip.defragment:FALSE", .. preferences, "-Y", filter, "-T", "fields", "-e",
            "frame.number"])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => long.Parse(line, System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Of each frame its time, length on the wire, MD5 of its bytes and link type, by frame number.</summary>
    public static IReadOnlyDictionary<long, string> Frames(string capture) =>
        Run(["-n", "-r", capture, "-o", "frame.generate_md5_hash:TRUE", "-T", "fields", "-e", "frame.number", "-e",
            "frame.time_epoch", "-e", "frame.len", "-e", "frame.md5_hash", "-e", "frame.encap_type"])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t', 2))
            .ToDictionary(cells => long.Parse(cells[0], System.Globalization.CultureInfo.InvariantCulture),
                cells => cells[1]);

    /// <summary>The distinct Community IDs of a capture, as tshark's own plug-in computes them.</summary>
    public static IReadOnlySet<string> CommunityIds(string capture) => Run(["-n", "-r", capture, "--enable-protocol",
        "communityid", "-T", "fields", "-e", "communityid"])
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The names that tshark has for the numbers of a field.</summary>
    public static IEnumerable<(long Number, string Name)> Values(string field) => Run(["-G", "values"])
        .Split('\n')
        .Select(line => line.Split('\t'))
        .Where(cells => cells is ["V", var name, _, _] && name == field)
        .Select(cells => (long.Parse(cells[2], System.Globalization.CultureInfo.InvariantCulture), cells[3]));

    private static string Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("tshark",
            arguments)
        { RedirectStandardOutput = true, RedirectStandardError = true };
        // Network Monitor files have local times, which tshark reads as those of this machine.
        start.Environment["TZ"] = "UTC";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("tshark did not start");
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // A cut or damaged capture makes tshark exit 2 after it has printed what is good.
        if (process.ExitCode is not (0 or 2))
            throw new InvalidOperationException($"tshark exited {process.ExitCode}: {errors.Result}");
        return output;
    }
}
