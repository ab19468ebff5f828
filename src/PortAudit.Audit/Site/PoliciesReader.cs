using System.Collections.Immutable;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Site;

/// <summary>Reads the firewalls of a site whose configuration is compared.</summary>
/// <param name="segments">Segments that a zone may reach.</param>
/// <param name="hosts">Hosts that may have a firewall of their own.</param>
/// <param name="parties">Reads whose addresses a name stands for.</param>
/// <param name="diagnostics">Where faults are noted.</param>
internal sealed class PoliciesReader(KnownNames segments, KnownNames hosts, PartyReader parties,
    FileDiagnostics diagnostics)
{
    /// <summary>Network profiles of Windows Firewall ([MS-FASP] 2.2.2).</summary>
    private static readonly KnownNames Profiles = KnownNames.Of("profile", ["domain", "private", "public"]);

    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>The firewalls in the order of the file; those with faults are left out, which is then noted.</summary>
    public ImmutableArray<SitePolicy> Read(ImmutableArray<YamlValue> items) =>
        [.. items.Select(ReadPolicy).OfType<SitePolicy>()];

    private SitePolicy? ReadPolicy(YamlValue item)
    {
        if (Fields.Of(item, "a policy", diagnostics) is not { } fields)
            return null;
        var name = fields.RequiredText("name");
        var file = fields.RequiredText("file");
        var format = fields.OptionalText("format");
        var host = fields.OptionalText("host");
        var profile = fields.OptionalText("profile");
        var zones = ReadZones(fields);
        var addresses = ReadAddresses(fields);
        fields.Close();
        var isKnown = host is null || hosts.Check(host, diagnostics);
        isKnown &= profile is null || Profiles.Check(profile, diagnostics);
        if (name is null || file is null || !isKnown || !IsNew(name))
            return null;
        if (host is not null && zones.Count > 0)
        {
            diagnostics.Error(fields.Position, $"policy {Spelling.Quote(name.Text)} has a host and zones",
                "a host's own firewall has no zones; a device between segments has no 'host'");
            return null;
        }

        var directory = Path.GetDirectoryName(diagnostics.File) ?? "";
        return new SitePolicy(name.Text, Path.Combine(directory, file.Text), format?.Text, host?.Text, zones,
            addresses, profile?.Text);
    }

    private ImmutableDictionary<string, ImmutableArray<string>> ReadZones(Fields fields)
    {
        var zones = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        var zoneOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (zone, value) in fields.Entries("zones"))
        {
            var named = TextsOf(value, $"zone {Spelling.Quote(zone.Text)} needs the names of segments");
            foreach (var segment in named.Where(text => segments.Check(text, diagnostics)))
            {
                if (!zoneOf.TryAdd(segment.Text, zone.Text))
                    diagnostics.Error(segment.Position, $"segment {Spelling.Quote(segment.Text)} is behind two zones, "
                        + $"{Spelling.Quote(zoneOf[segment.Text])} and {Spelling.Quote(zone.Text)}",
                        "keep one of them");
            }

            zones[zone.Text] = [.. named.Select(text => text.Text)];
        }

        return zones.ToImmutable();
    }

    private ImmutableDictionary<string, ImmutableArray<string>> ReadAddresses(Fields fields) => fields
        .Entries("addresses").ToImmutableDictionary(entry => entry.Key.Text,
            entry => (ImmutableArray<string>)
            [
                .. TextsOf(entry.Value, $"{Spelling.Quote(entry.Key.Text)} needs roles, hosts, segments or networks")
                    .Select(parties.Read).OfType<string>(),
            ], StringComparer.Ordinal);

    private ImmutableArray<YamlText> TextsOf(YamlValue value, string needs)
    {
        ImmutableArray<YamlValue> items = value is YamlList list ? list.Items : [value];
        ImmutableArray<YamlText> texts = [.. items.OfType<YamlText>().Where(text => !text.IsNull)];
        if (texts.Length < items.Length || texts.IsEmpty)
            diagnostics.Error(value.Position, needs);
        return texts;
    }

    private bool IsNew(YamlText name)
    {
        if (_lines.TryAdd(name.Text, name.Position.Line))
            return true;
        diagnostics.Error(name.Position, $"policy {Spelling.Quote(name.Text)} is listed twice, first in line "
            + $"{_lines[name.Text]}", "give each firewall a name of its own");
        return false;
    }
}
