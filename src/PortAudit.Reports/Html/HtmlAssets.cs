using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace PortAudit.Reports.Html;

/// <summary>Style and script that stand inside a report, and their hashes for its content security policy (CSP 3
/// §6.7.3).</summary>
internal static partial class HtmlAssets
{
    public static string Style { get; } = Text("palette.css") + Text("plot.css") + Text("report.css");

    /// <summary>The page's script, without which it is complete.</summary>
    public static string Script { get; } = Text("report.js");

    /// <summary>The palette's colours on white, by name (<c>ink</c>), as <c>#rrggbb</c>.</summary>
    public static IReadOnlyDictionary<string, string> LightColours { get; } = Colour().Matches(Text("palette.css"))
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["light"].Value,
            StringComparer.Ordinal);

    /// <summary>What the page may do: nothing but use these two.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Hash(Style)}'; script-src 'sha256-{Hash(Script)}'; base-uri 'none'; "
            + "form-action 'none'";

    private static string Text(string name)
    {
        using var reader =
            new StreamReader(typeof(HtmlAssets).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return string.Concat(reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0).Select(line => line + "\n"));
    }

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"--(?<name>[\w-]+): light-dark\((?<light>#\w+),")]
    private static partial Regex Colour();
}
