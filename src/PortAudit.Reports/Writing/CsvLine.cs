namespace PortAudit.Reports.Writing;

/// <summary>
/// One record of RFC 4180. Characters that cannot be seen are written out (<see cref="VisibleText"/>), so no field
/// holds a line break. A field that a spreadsheet would run as a formula is preceded by an apostrophe (OWASP, "CSV
/// Injection"): names come from the network.
/// </summary>
internal static class CsvLine
{
    /// <summary>A field of this text alone is standard input (<c>-</c>), no formula.</summary>
    private const string StandardInput = "-";

    /// <summary>Writes the fields and the line end, CR LF (RFC 4180 §2.1).</summary>
    public static void Write(TextWriter writer, IEnumerable<string> fields)
    {
        var first = true;
        foreach (var field in fields)
        {
            if (!first)
                writer.Write(',');
            first = false;
            writer.Write(Field(field));
        }

        writer.Write("\r\n");
    }

    /// <summary>A value as a field: visible, disarmed and quoted where it must be; the same instance where nothing must
    /// be.</summary>
    public static string Field(string value)
    {
        var field = Disarm(VisibleText.Escape(value));
        return NeedsQuotes(field) ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
    }

    /// <summary>A plain loop, as the framework's search for any of several characters is compiled at every start, for
    /// longer than the loop takes.</summary>
    private static bool NeedsQuotes(string field)
    {
        foreach (var character in field)
        {
            if (character is ',' or '"' or '\r' or '\n')
                return true;
        }

        return false;
    }

    private static string Disarm(string field) =>
        field.Length > 0 && field[0] is '=' or '+' or '-' or '@' && field != StandardInput ? $"'{field}" : field;
}
