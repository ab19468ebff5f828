using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Site;

/// <summary>Reads whom a rule or an exception of a site names: a role, a host, a segment, or a network by its
/// prefix.</summary>
internal sealed class PartyReader
{
    private readonly KnownNames _names;
    private readonly FileDiagnostics _diagnostics;

    private PartyReader(KnownNames names, FileDiagnostics diagnostics) => (_names, _diagnostics) = (names, diagnostics);

    /// <summary>A reader that knows these names; notes names that mean two things.</summary>
    /// <param name="roles">Roles of the catalogs.</param>
    /// <param name="hosts">Hosts of the site.</param>
    /// <param name="segments">Segments as the file has them.</param>
    /// <param name="diagnostics">Receives diagnostics.</param>
    public static PartyReader Of(KnownNames roles, ImmutableArray<SiteHost> hosts, ImmutableArray<YamlEntry> segments,
        FileDiagnostics diagnostics)
    {
        var hostNames = hosts.Select(host => host.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var segment in segments.Select(entry => entry.Key))
        {
            var name = Spelling.Quote(segment.Text);
            if (hostNames.Contains(segment.Text))
                diagnostics.Error(segment.Position, $"segment {name} is named like a host",
                    "give one of them another name: rules name both");
            else if (roles.Defines(segment.Text) || BuiltInRoles.Contains(segment.Text))
                diagnostics.Warning(segment.Position, $"segment {name} is named like a role",
                    "in rules and exceptions the name means the role; rename the segment to use it there");
        }

        var others = hostNames.Concat(segments.Select(entry => entry.Key.Text)).Concat(BuiltInRoles.All);
        return new PartyReader(roles.With("role, host or segment", others), diagnostics);
    }

    /// <summary>The name, a network in the form of <see cref="Prefix.ToString"/>; null with a diagnostic if it names
    /// nothing.</summary>
    public string? Read(YamlText text)
    {
        if (!_names.Defines(text.Text) && IsAddress(text.Text))
            return AddressText.ReadPrefix(text, _diagnostics)?.ToString();
        return _names.Check(text, _diagnostics) ? text.Text : null;
    }

    private static bool IsAddress(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return IpAddress.TryParse(slash < 0 ? text : text[..slash], out _);
    }
}
