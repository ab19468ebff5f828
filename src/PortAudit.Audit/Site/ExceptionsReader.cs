using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Site;

/// <summary>Reads the exceptions of a site: each dated, owned and with its reason.</summary>
/// <param name="parties">Reads whom an exception names.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class ExceptionsReader(PartyReader parties, FileDiagnostics diagnostics)
{
    /// <summary>How a date is written (RFC 3339 full-date).</summary>
    private const string DateFormat = "yyyy-MM-dd";

    private readonly Dictionary<string, TextPosition> _ids = new(StringComparer.Ordinal);

    /// <summary>The exceptions and where they stand, in the order of the file; faulty ones are skipped with a
    /// diagnostic.</summary>
    public ImmutableArray<(SiteException Exception, TextPosition Position)> Read(ImmutableArray<YamlValue> items) =>
        [.. items.Select(ReadException).OfType<SiteException>().Select(exception => (exception, _ids[exception.Id]))];

    private SiteException? ReadException(YamlValue item)
    {
        if (Fields.Of(item, "an exception", diagnostics) is not { } fields)
            return null;
        var id = fields.Identifier("id", diagnostics);
        var from = ReadParty(fields, "from");
        var to = ReadParty(fields, "to");
        var transports = RuleReader.ReadTransports(fields, diagnostics);
        var ports = ReadPorts(fields, transports.IsEmpty || transports.Any(transport => transport.HasPorts));
        var reason = fields.RequiredText("reason");
        var owner = fields.RequiredText("owner");
        var expires = ReadDate(fields);
        fields.Close();
        if (id is null || !IsNew(id) || from is null || to is null || reason is null || owner is null
            || expires is null)
            return null;
        return new SiteException(id.Text, from, to, transports, ports, reason.Text, owner.Text, expires.Value);
    }

    private string? ReadParty(Fields fields, string key) =>
        fields.RequiredText(key) is { } text ? parties.Read(text) : null;

    private ImmutableArray<PortRange> ReadPorts(Fields fields, bool hasPorts)
    {
        if (fields.Optional("ports") is not { } value)
            return [];
        if (!hasPorts)
            diagnostics.Error(value.Position, "none of the transports has ports", "remove 'ports'");
        return PortsReader.Read(value, diagnostics);
    }

    private DateOnly? ReadDate(Fields fields)
    {
        if (fields.RequiredText("expires") is not { } text)
            return null;
        if (DateOnly.TryParseExact(text.Text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var date))
            return date;
        diagnostics.Error(text.Position, $"{Spelling.Quote(text.Text)} is not a date",
            "write year-month-day, for example 2027-03-31");
        return null;
    }

    private bool IsNew(YamlText id)
    {
        if (_ids.TryAdd(id.Text, id.Position))
            return true;
        diagnostics.Error(id.Position,
            $"exception {Spelling.Quote(id.Text)} is listed twice, first in line {_ids[id.Text].Line}",
            "give one of them another identifier");
        return false;
    }
}
