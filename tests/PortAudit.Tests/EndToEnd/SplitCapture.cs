using System.Diagnostics;
using System.Globalization;

namespace PortAudit.Tests.EndToEnd;

/// <summary>Splits a capture with editcap, which comes with tshark.</summary>
internal static class SplitCapture
{
    /// <summary>Writes parts of a capture beside each other; editcap puts a number and a time into their
    /// names.</summary>
    public static void Split(string capture, string parts, int framesEach)
    {
        using var process = Process.Start("editcap",
            ["-c", framesEach.ToString(CultureInfo.InvariantCulture), capture, parts]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
