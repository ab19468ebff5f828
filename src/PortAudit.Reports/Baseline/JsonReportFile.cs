using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PortAudit.Reports.Baseline;

/// <summary>A JSON document that this program wrote, possibly edited.</summary>
internal static class JsonReportFile
{
    private const string WhatReport = "a JSON report of an audit";

    /// <summary>Reads a report.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="read">Reads the document, with the SHA-256 of the file in lower-case hexadecimal digits. It may
    /// throw <see cref="JsonException"/>.</param>
    /// <param name="report">What that returned; null when the report cannot be used.</param>
    /// <param name="problem">What is wrong and where, one sentence without the path.</param>
    /// <param name="what">What the document should be.</param>
    public static bool TryRead<T>(string path, Func<ReportNode, string, T> read, [NotNullWhen(true)] out T? report,
        out string problem, string what = WhatReport)
        where T : class
    {
        report = null;
        problem = "";
        try
        {
            if (Directory.Exists(path))
            {
                problem = "is a directory, not a file";
                return false;
            }

            if (new FileInfo(path).Length > EarlierReport.MaximumBytes)
            {
                problem = string.Create(CultureInfo.InvariantCulture,
                    $"is longer than the {EarlierReport.MaximumBytes:N0} bytes that a report may have");
                return false;
            }

            var bytes = File.ReadAllBytes(path);
            using var document = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble)
                ? Encoding.UTF8.Preamble.Length
                : 0));
            var root = new ReportNode(document.RootElement, "");
            CheckVersion(root);
            report = read(root, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            return true;
        }
        catch (JsonException fault)
        {
            var where = fault is { LineNumber: { } line, BytePositionInLine: { } position }
                ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}, byte {position + 1}")
                : fault.Path;
            problem = $"is not {what}: {where}: {FirstSentence(fault.Message)}";
            return false;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = "no such file";
            return false;
        }
        catch (Exception fault)
            when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"cannot be read: {fault.Message}";
            return false;
        }
    }

    private static void CheckVersion(ReportNode root)
    {
        if (root["schema_version"].Number != AuditRun.SchemaVersion)
            throw root["schema_version"].Fault(string.Create(CultureInfo.InvariantCulture,
                $"is not {AuditRun.SchemaVersion}, the only one that this program reads"));
        if (root["tool"]["name"].Text != AuditRun.ToolName)
            throw root["tool"]["name"].Fault($"is not {AuditRun.ToolName}");
    }

    /// <summary>The parser's message without the position that it repeats.</summary>
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
