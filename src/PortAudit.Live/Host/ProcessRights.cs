namespace PortAudit.Live.Host;

/// <summary>What this process may do.</summary>
/// <param name="IsPrivileged">True for root, and for an elevated administrator on Windows.</param>
/// <param name="Effective">Its effective capabilities; null where there is no such thing, or it cannot be read.</param>
/// <param name="Ambient">Those that it was given by who started it and hands on (a service's AmbientCapabilities); null
/// likewise.</param>
internal sealed record ProcessRights(bool IsPrivileged, CapabilitySet? Effective, CapabilitySet? Ambient)
{
    private const string Status = "/proc/self/status";

    public static ProcessRights OfProcess()
    {
        try
        {
            return Parse(Environment.IsPrivilegedProcess, OperatingSystem.IsLinux() ? File.ReadLines(Status) : []);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new ProcessRights(Environment.IsPrivilegedProcess, null, null);
        }
    }

    /// <summary>Reads the lines <c>CapEff:</c> and <c>CapAmb:</c>, sixteen hexadecimal digits each
    /// (proc_pid_status(5)).</summary>
    internal static ProcessRights Parse(bool isPrivileged, IEnumerable<string> status)
    {
        var sets = status
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair is ["CapEff" or "CapAmb", _])
            .ToDictionary(pair => pair[0], pair => CapabilitySet.Parse(pair[1]), StringComparer.Ordinal);
        return new ProcessRights(isPrivileged, sets.GetValueOrDefault("CapEff"), sets.GetValueOrDefault("CapAmb"));
    }
}
