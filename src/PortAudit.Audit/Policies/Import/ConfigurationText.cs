using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Policies.Import;

/// <summary>The text of a configuration file.</summary>
public sealed class ConfigurationText
{
    /// <summary>Largest file that is read, in bytes: the largest published configurations are a tenth of it.</summary>
    public const int MaxFileLength = 256 << 20;

    /// <summary>Characters of a line that are kept: no product writes longer rules, and one line must not fill the
    /// memory.</summary>
    public const int MaxLineLength = 65_536;

    /// <summary>Characters of a line that are shown.</summary>
    private const int MaxShown = 200;

    private ConfigurationText(string path, string sha256, string text, ImmutableArray<string> lines) =>
        (Path, Sha256, Text, Lines) = (path, sha256, text, lines);

    private ConfigurationText(string path, string sha256, string text)
    {
        (Path, Sha256, Text) = (path, sha256, text);
        Lines = [.. text.Split('\n').Select(line => line.TrimEnd('\r'))];
        if (Lines is [.., ""])
            Lines = Lines.RemoveAt(Lines.Length - 1);
    }

    /// <summary>Path as the user wrote it.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of the bytes, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>The lines without their ends; the first is line 1.</summary>
    public ImmutableArray<string> Lines { get; }

    /// <summary>Addresses of names that the file does not define.</summary>
    public KnownAddresses Known { get; private init; } = KnownAddresses.None;

    /// <summary>Reads a file: UTF-8, or UTF-16 with a byte order mark as Windows writes it. Null when it cannot be
    /// read, which is then noted.</summary>
    public static ConfigurationText? Read(string path, ICollection<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        try
        {
            if (new FileInfo(path).Length > MaxFileLength)
                return Refuse($"is larger than {MaxFileLength >> 20} MiB");
            return Of(path, File.ReadAllBytes(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Refuse($"cannot be read: {failure.Message}");
        }

        ConfigurationText? Refuse(string why)
        {
            diagnostics.Add(new Diagnostic(DiagnosticSeverity.Error, path, 0, 0, why));
            return null;
        }
    }

    /// <summary>The same file with what is known apart from it.</summary>
    public ConfigurationText With(KnownAddresses known) => new(Path, Sha256, Text, Lines) { Known = known };

    /// <summary>Takes the bytes of a file. Bytes that are no text become replacement characters.</summary>
    public static ConfigurationText Of(string path, byte[] bytes)
    {
        using var reader = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        return new ConfigurationText(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), reader.ReadToEnd());
    }

    /// <summary>The same file with other lines, for a format that does not go by lines.</summary>
    public ConfigurationText WithLines(ImmutableArray<string> lines) =>
        new(Path, Sha256, Text, lines) { Known = Known };

    /// <summary>A line for a report: trimmed, shortened, control characters as escapes.</summary>
    public static string Shown(string line)
    {
        var shown = new StringBuilder();
        foreach (var character in line.AsSpan().Trim())
        {
            if (shown.Length >= MaxShown)
                return shown.Append('…').ToString();
            if (char.IsControl(character) || char.IsSurrogate(character))
                shown.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                shown.Append(character);
        }

        return shown.ToString();
    }
}
