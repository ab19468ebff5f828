using System.Globalization;
using System.Text.Json;
using PortAudit.Audit.Catalog;

namespace PortAudit.Reports.Json;

/// <summary>Writes a document that catalogs cite.</summary>
internal static class DocumentJson
{
    /// <summary>An element of <c>documents</c>.</summary>
    public static void Write(Utf8JsonWriter json, SourceDocument document)
    {
        json.WriteString("id", document.Id);
        json.WriteString("title", document.Title);
        json.WriteString("publisher", document.Publisher);
        json.WriteString("date", document.Date);
        json.WriteString("sha256", document.Sha256);
        WriteAddress(json, document);
    }

    /// <summary>The properties <c>url</c> and <c>read</c>; none for a document without an address.</summary>
    public static void WriteAddress(Utf8JsonWriter json, SourceDocument? document)
    {
        if (document?.Url is null)
            return;
        json.WriteString("url", document.Url);
        json.WriteString("read", document.Read?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
