using System.Globalization;

namespace PortAudit.Mutants;

/// <summary>The high-water mark of this process's resident memory, which Linux lets a process lower to what it holds
/// now (proc(5), <c>clear_refs</c> and <c>VmHWM</c>).</summary>
internal static class ResidentPeak
{
    private const string ClearRefs = "/proc/self/clear_refs";
    private const string Status = "/proc/self/status";
    private const string ResetPeak = "5";
    private const string Mark = "VmHWM:";

    /// <summary>Lowers the mark to what is held now. Does nothing on other systems.</summary>
    public static void Reset()
    {
        if (OperatingSystem.IsLinux())
            File.WriteAllText(ClearRefs, ResetPeak);
    }

    /// <summary>The mark in bytes, 0 on other systems.</summary>
    public static long Read()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var line = File.ReadLines(Status).First(line => line.StartsWith(Mark, StringComparison.Ordinal));
        return 1024 * long.Parse(line[Mark.Length..^"kB".Length],
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
