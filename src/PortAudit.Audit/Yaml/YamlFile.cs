using System.Security.Cryptography;
using System.Text;
using YamlDotNet.Core;

namespace PortAudit.Audit.Yaml;

/// <summary>A YAML file whose document is a mapping.</summary>
/// <param name="Sha256">SHA-256 of the file's bytes, lower-case hexadecimal.</param>
/// <param name="Root">The document.</param>
internal sealed record YamlFile(string Sha256, YamlMap Root)
{
    /// <summary>Largest file that is read, in bytes: a site with a hundred thousand hosts is smaller.</summary>
    public const int MaxBytes = 16 << 20;

    private static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file; null when it cannot be read or is not one YAML mapping, which
    /// <paramref name="diagnostics"/> then say.</summary>
    public static YamlFile? Read(string path, FileDiagnostics diagnostics) =>
        ReadBytes(path, diagnostics) is { } bytes ? Parse(bytes, diagnostics) : null;

    /// <summary>Reads the bytes of a file; null when it is not one YAML mapping, which <paramref name="diagnostics"/>
    /// then say.</summary>
    public static YamlFile? Parse(byte[] bytes, FileDiagnostics diagnostics)
    {
        var text = Decode(bytes, diagnostics);
        if (text is null || HasTabIndentation(text, diagnostics))
            return null;
        var builder = new YamlBuilder(new Parser(new StringReader(text)), diagnostics);
        try
        {
            var root = builder.Build();
            return root is null ? null : new YamlFile(Convert.ToHexStringLower(SHA256.HashData(bytes)), root);
        }
        catch (YamlException problem)
        {
            var position = new TextPosition((int)problem.Start.Line, (int)problem.Start.Column);
            diagnostics.Error(position, $"not valid YAML: {SentenceOf(problem)}", SuggestionFor(problem));
            return null;
        }
        catch (Exception problem) when (problem is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet 16.3 lets these pass for a value in an unclosed bracket that runs into a key, and for an empty
            // tag.
            diagnostics.Error(builder.LastPosition, "not valid YAML here or in the lines that follow",
                "see that every bracket, brace and quote is closed");
            return null;
        }
    }

    private static byte[]? ReadBytes(string path, FileDiagnostics diagnostics)
    {
        try
        {
            if (path.Length == 0)
            {
                diagnostics.Error(TextPosition.WholeFile, "no file is named");
                return null;
            }

            if (Directory.Exists(path))
            {
                diagnostics.Error(TextPosition.WholeFile, "is a directory, not a file");
                return null;
            }

            using var stream = File.OpenRead(path);
            using var bytes = new MemoryStream();
            var chunk = new byte[1 << 16];
            for (int read; bytes.Length <= MaxBytes && (read = stream.Read(chunk)) > 0;)
                bytes.Write(chunk, 0, read);
            if (bytes.Length <= MaxBytes)
                return bytes.ToArray();
            diagnostics.Error(TextPosition.WholeFile, $"is larger than {MaxBytes >> 20} MiB");
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            diagnostics.Error(TextPosition.WholeFile, "no such file");
        }
        catch (Exception problem)
            when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            diagnostics.Error(TextPosition.WholeFile, $"cannot be read: {problem.Message}");
        }

        return null;
    }

    private static string? Decode(byte[] bytes, FileDiagnostics diagnostics)
    {
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
            || bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            diagnostics.Error(TextPosition.WholeFile, "is UTF-16 text", "save it as UTF-8");
            return null;
        }

        try
        {
            return StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException problem)
        {
            var line = 1 + bytes.AsSpan(0, Math.Clamp(problem.Index, 0, bytes.Length)).Count((byte)'\n');
            diagnostics.Error(new TextPosition(line, 1), "is not UTF-8 text", "save it as UTF-8");
            return null;
        }
    }

    // YamlDotNet takes some of these lines and misreads others; its own message names the enclosing mapping's first
    // line.
    private static bool HasTabIndentation(string text, FileDiagnostics diagnostics)
    {
        var found = false;
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var indentation = content[..^content.TrimStart(" \t").Length];
            var tab = indentation.IndexOf('\t');
            if (tab < 0 || indentation.Length == content.Length)
                continue;
            found = true;
            var start = tab == 0 ? "line starts with a tab" : "line has a tab in its indentation";
            diagnostics.Error(new TextPosition(line, tab + 1), $"{start}; YAML allows only spaces for indentation",
                "replace the tab by spaces");
        }

        return found;
    }

    private static string SentenceOf(YamlException problem)
    {
        var sentence = problem.Message.TrimEnd('.', ' ');
        return sentence.Length == 0 ? "syntax error" : char.ToLowerInvariant(sentence[0]) + sentence[1..];
    }

    private static string? SuggestionFor(YamlException problem) => problem.Message switch
    {
        var text when text.Contains("invalid mapping", StringComparison.Ordinal) =>
            "check the indentation, and put quotes around a value that holds ': '",
        var text when text.Contains("cannot start any token", StringComparison.Ordinal) =>
            "put quotes around a value that begins with this character",
        var text when text.Contains("unexpected end of stream", StringComparison.Ordinal) => "a quote is not closed",
        _ => null,
    };
}
