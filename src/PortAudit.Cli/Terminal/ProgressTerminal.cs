using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace PortAudit.Cli.Terminal;

/// <summary>A terminal on which a line can be drawn again and again.</summary>
/// <param name="Writer">Writes on it.</param>
/// <param name="Width">Its current columns; a window may be resized.</param>
/// <param name="IsUnicode">True when it shows UTF-8; then the line may have other characters than ASCII.</param>
/// <param name="Clock">When to draw.</param>
internal sealed record ProgressTerminal(TextWriter Writer, Func<int> Width, bool IsUnicode, TimeProvider Clock)
{
    /// <summary>Erases from the cursor to the end of the screen (ECMA-48 §8.3.39).</summary>
    private const string EraseBelow = "\u001b[J";

    /// <summary>What is written beyond the last column stays there (DEC private mode 7, autowrap).</summary>
    private const string WrapOff = "\u001b[?7l";

    private const string WrapOn = "\u001b[?7h";

    /// <summary>Columns where the terminal does not say how many it has. The framework asks it by way of standard input
    /// or output, so not when both are redirected.</summary>
    private const int UnknownWidth = 80;

    /// <summary>The first of these that is set decides.</summary>
    private static readonly ImmutableArray<string> LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>The terminal of standard error; null when that is none.</summary>
    public static ProgressTerminal? OfProcess()
    {
        if (Console.IsErrorRedirected)
            return null;
        return new ProgressTerminal(Console.Error, WidthNow, ShowsUtf8(Environment.GetEnvironmentVariable),
            TimeProvider.System);
    }

    /// <summary>True when the locale of the terminal's environment is one of UTF-8 (POSIX.1-2017, Base Definitions
    /// §8.2); on Windows the code page of the console decides.</summary>
    internal static bool ShowsUtf8(Func<string, string?> variable)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return Console.OutputEncoding.WebName == "utf-8";
        var locale = LocaleVariables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
        return locale.Replace("-", "", StringComparison.Ordinal).Contains("utf8", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Draws a line over the last one and leaves the cursor at its beginning: a terminal whose window grows narrower
    /// may break the line into several, of which the cursor stays at the first. One that is longer than the terminal is
    /// wide is cut there.
    /// </summary>
    public void Draw(string line) => Write($"\r{WrapOff}{line}{WrapOn}{EraseBelow}\r");

    public void Wipe() => Write($"\r{EraseBelow}");

    private static int WidthNow()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : UnknownWidth;
        }
        catch (IOException)
        {
            return UnknownWidth;
        }
    }

    private void Write(string text)
    {
        try
        {
            Writer.Write(text);
            Writer.Flush();
        }
        catch (IOException)
        {
            // A terminal that is gone need not know.
        }
    }
}
