using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Catalog;

/// <summary>Reads the list of documents that catalogs cite (<c>rules/sources.yaml</c>).</summary>
public static class SourcesReader
{
    /// <summary>Length of a SHA-256 digest in hexadecimal digits (FIPS 180-4).</summary>
    private const int DigestDigits = 64;

    /// <summary>Reads the documents from a file. Never throws for what the file holds.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="displayPath">Path to show in diagnostics.</param>
    /// <param name="diagnostics">Receives everything that is wrong with the file, in its order.</param>
    /// <returns>The documents in the order of the file; null when a diagnostic is an error.</returns>
    public static ImmutableArray<SourceDocument>? Read(string path, string displayPath,
        ICollection<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        var file = new FileDiagnostics(displayPath);
        ImmutableArray<SourceDocument> documents = YamlFile.Read(path, file) is { } yaml ? Read(yaml, [], file) : [];
        var isSound = !file.HasErrors;
        file.MoveTo(diagnostics);
        return isSound ? documents : null;
    }

    /// <summary>Reads the documents; faulty ones are skipped with a diagnostic.</summary>
    /// <param name="yaml">The file.</param>
    /// <param name="earlier">Documents known before: one of them may stand here again when nothing in it
    /// differs.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    /// <returns><paramref name="earlier"/> and those of the file, in its order.</returns>
    internal static ImmutableArray<SourceDocument> Read(YamlFile yaml, ImmutableArray<SourceDocument> earlier,
        FileDiagnostics diagnostics)
    {
        var fields = Fields.Of(yaml.Root, "a list of sources", diagnostics)!;
        var documents = earlier.ToBuilder();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var item in fields.Items("documents"))
        {
            if (ReadDocument(item, lines, diagnostics) is not { } read)
                continue;
            var known = earlier.FirstOrDefault(document => document.Id == read.Id);
            if (known is null)
                documents.Add(read);
            else if (known != read)
            {
                diagnostics.Error(
                    item.Position,
                    $"document {Spelling.Quote(read.Id)} is known with another title, date or text",
                    "give this one another identifier");
            }
        }

        fields.Close();
        return documents.ToImmutable();
    }

    private static SourceDocument? ReadDocument(YamlValue item, Dictionary<string, int> lines,
        FileDiagnostics diagnostics)
    {
        if (Fields.Of(item, "a document", diagnostics) is not { } fields)
            return null;
        var id = fields.Identifier("id", diagnostics);
        var title = fields.RequiredText("title");
        var publisher = fields.OptionalText("publisher");
        var date = fields.OptionalText("date");
        var digest = fields.OptionalText("sha256");
        var url = fields.OptionalText("url");
        var read = fields.OptionalText("read");
        fields.Close();
        if (digest is not null && (digest.Text.Length != DigestDigits || !digest.Text.All(char.IsAsciiHexDigitLower)))
            diagnostics.Error(digest.Position, $"{Spelling.Quote(digest.Text)} is not a SHA-256 digest",
                $"write {DigestDigits} lower-case hexadecimal digits");
        if (digest is null && url is null)
            fields.Miss("sha256", "write the digest of its text, or for a page of the web 'url' and 'read'");
        CheckAddress(fields, url, read, diagnostics);
        var day = read is null ? null : DayOf(read, diagnostics);
        if (id is not null && !lines.TryAdd(id.Text, id.Position.Line))
        {
            diagnostics.Error(
                id.Position,
                $"document {Spelling.Quote(id.Text)} is defined twice, first in line {lines[id.Text]}",
                "give one of them another identifier");
        }

        return id is null || title is null || (digest is null && url is null)
            ? null
            : new SourceDocument(id.Text, title.Text, publisher?.Text, date?.Text, digest?.Text)
            {
                Url = url?.Text,
                Read = day,
            };
    }

    /// <summary>An address is of the web, and comes with the day: what stands there may change.</summary>
    private static void CheckAddress(Fields fields, YamlText? url, YamlText? read, FileDiagnostics diagnostics)
    {
        if (url is not null && read is null)
            fields.Miss("read", "write the day on which the page was read");
        if (read is not null && url is null)
            fields.Miss("url", "write the address of the page that was read");
        if (url is not null && !(Uri.TryCreate(url.Text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)))
            diagnostics.Error(url.Position, $"{Spelling.Quote(url.Text)} is not an address of the web",
                "write https://…");
    }

    private static DateOnly? DayOf(YamlText text, FileDiagnostics diagnostics)
    {
        if (DateOnly.TryParseExact(text.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day))
            return day;
        diagnostics.Error(text.Position, $"{Spelling.Quote(text.Text)} is not a date", "write YYYY-MM-DD");
        return null;
    }
}
