using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PortAudit.Reports.Writing;

/// <summary>
/// How JSON is written: two spaces, line feeds. The relaxed encoder keeps display filters (<c>&amp;&amp;</c>) and
/// quotes in sentences readable and escapes control characters; what else cannot be seen (right-to-left overrides,
/// zero-width characters) is escaped here, so that a report shown in a terminal stays data. The values are unchanged,
/// and reports are no HTML.
/// </summary>
internal static class JsonFormat
{
    public static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    public static readonly JsonWriterOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a document that is one object, with a line end behind it.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="writeProperties">Writes the object's properties.</param>
    public static void WriteDocument(TextWriter writer, Action<Utf8JsonWriter> writeProperties)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            writeProperties(json);
            json.WriteEndObject();
        }

        Write(writer, buffer.WrittenSpan);
        writer.Write('\n');
    }

    /// <summary>Writes finished JSON text.</summary>
    public static void Write(TextWriter writer, ReadOnlySpan<byte> json)
    {
        var text = Encoding.UTF8.GetString(json);
        var start = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsAscii(text[index]) || !IsInvisible(text, index))
                continue;
            writer.Write(text.AsSpan(start, index - start));
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)text[index]:X4}"));
            start = index + 1;
        }

        writer.Write(text.AsSpan(start));
    }

    /// <summary>True for format characters; of one outside the first plane, for both halves (such characters stand in
    /// strings only, RFC 8259 §7).</summary>
    private static bool IsInvisible(string text, int index) =>
        CharUnicodeInfo.GetUnicodeCategory(text,
            char.IsLowSurrogate(text[index]) ? index - 1 : index) == UnicodeCategory.Format;
}
