using System.Text;
using PortAudit.Audit.Findings;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Sarif;

/// <summary>Words and text as SARIF 2.1.0 asks for them.</summary>
internal static class SarifText
{
    /// <summary>
    /// Plain text of a message: in one, braces make placeholders (§3.11.5) and brackets before a parenthesis links
    /// (§3.11.6), so those in a name from the network are escaped. Characters that cannot be seen are written out.
    /// </summary>
    public static string Message(string text)
    {
        var visible = VisibleText.Escape(text);
        var message = new StringBuilder(visible.Length + 16);
        var mayLink = visible.Contains("](", StringComparison.Ordinal);
        foreach (var character in visible)
        {
            if (mayLink && (character is '[' or ']' or '\\'))
                message.Append('\\');
            if (character is '{' or '}')
                message.Append(character);
            message.Append(character);
        }

        return message.ToString();
    }

    /// <summary>The level of a result (§3.27.10) that goes with a severity.</summary>
    public static string Level(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => "error",
        Severity.Medium => "warning",
        Severity.Low or Severity.Info => "note",
    };

    /// <summary>A path as a URI reference (RFC 3986): relative as the user gave it, or with the scheme
    /// <c>file</c>.</summary>
    public static string Uri(string path)
    {
        var unified = Path.DirectorySeparatorChar == '\\' ? path.Replace('\\', '/') : path;
        var segments = unified.Split('/').Select((segment, index) =>
            index == 0 && IsDrive(segment) ? segment : System.Uri.EscapeDataString(segment));
        var escaped = string.Join('/', segments);
        if (!Path.IsPathRooted(path))
            return escaped;
        return escaped.StartsWith('/') ? $"file://{escaped}" : $"file:///{escaped}";
    }

    private static bool IsDrive(string segment) => Path.DirectorySeparatorChar == '\\' && segment is [_, ':'];
}
