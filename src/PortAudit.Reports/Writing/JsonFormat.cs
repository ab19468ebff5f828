using System.Text.Encodings.Web;
using System.Text.Json;

namespace PortAudit.Reports.Writing;

/// <summary>
/// How JSON is written: UTF-8, two spaces, line feeds. The relaxed encoder keeps display filters (<c>&amp;&amp;</c>) and quotes in
/// sentences readable; it still escapes every control character, so that a report shown in a terminal stays data. Reports are no HTML.
/// </summary>
internal static class JsonFormat
{
    /// <summary>For a document.</summary>
    public static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>For one object per line.</summary>
    public static readonly JsonWriterOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
