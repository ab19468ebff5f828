namespace PortAudit.Live.Host;

/// <summary>Who the threads of this process are, as the kernel says (proc_pid_status(5)).</summary>
internal static class ThreadRights
{
    private const string Threads = "/proc/self/task";

    /// <summary>What a thread has that it should not; null when all are the user's with no capability but CAP_NET_RAW,
    /// and can gain none. Linux only.</summary>
    /// <param name="user">Number of the user.</param>
    /// <param name="group">Number of its group.</param>
    public static string? Excess(uint user, uint group)
    {
        string? groups = null;
        foreach (var thread in Directory.EnumerateDirectories(Threads))
        {
            if (Read(thread) is not { } status)
                continue;
            groups ??= status["Groups"];
            var excess = !IsAll(status["Uid"], user) || !IsAll(status["Gid"], group) || status["Groups"] != groups
                ? "is still another user's or group's"
                : Array.Exists(["CapEff", "CapPrm", "CapAmb"], set => CapabilitySet.Parse(status[set])
                    is not { IsNetRawAtMost: true }) ? "still has other capabilities than cap_net_raw"
                : status["NoNewPrivs"] != "1" ? "could still gain rights"
                : null;
            if (excess is not null)
                return $"a thread of this process {excess}";
        }

        return null;
    }

    /// <summary>Null for a thread that has ended meanwhile.</summary>
    private static Dictionary<string, string>? Read(string thread)
    {
        try
        {
            return File.ReadLines(Path.Combine(thread, "status"))
                .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
                .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>True when real, effective, saved and file system number are all the same.</summary>
    private static bool IsAll(string numbers, uint number) =>
        Array.TrueForAll(numbers.Split('\t'),
            one => one == number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
