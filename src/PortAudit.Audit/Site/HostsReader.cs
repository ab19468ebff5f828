using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Wording;
using PortAudit.Audit.Yaml;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Site;

/// <summary>Reads the hosts and networks of a site.</summary>
/// <param name="roles">Roles that a host or network may play.</param>
/// <param name="diagnostics">Receives diagnostics.</param>
internal sealed class HostsReader(KnownNames roles, FileDiagnostics diagnostics)
{
    private readonly Dictionary<IpAddress, (string Host, TextPosition Position)> _addresses = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Prefix, (ImmutableArray<string> Roles, TextPosition Position)> _networks = [];

    /// <summary>The hosts in the order of the file; those without a name are skipped with a diagnostic.</summary>
    public ImmutableArray<SiteHost> ReadHosts(ImmutableArray<YamlValue> items) =>
        [.. items.Select(ReadHost).OfType<SiteHost>()];

    /// <summary>The networks in the order of the file; faulty ones are skipped with a diagnostic.</summary>
    public ImmutableArray<SiteNetwork> ReadNetworks(ImmutableArray<YamlValue> items)
    {
        ImmutableArray<SiteNetwork> networks = [.. items.Select(ReadNetwork).OfType<SiteNetwork>()];
        WarnOfNesting();
        return networks;
    }

    /// <summary>Notes, once, that hosts or networks lie in no segment, which matters where capture points are described
    /// by what they see.</summary>
    /// <param name="site">The site with its segments and capture points.</param>
    public void WarnOfUnsegmented(SiteFile site)
    {
        if (site.CapturePoints.All(point => point.Sees.IsEmpty)
            || site.Segments.Any(segment => segment.Prefixes.IsEmpty))
            return;
        var directory = new HostDirectory(site);
        var hosts = _addresses.Where(entry => directory.SegmentOf(entry.Key) is null).Select(entry =>
            (What: $"address {entry.Key} of host {Spelling.Quote(entry.Value.Host)}", entry.Value.Position));
        var networks = _networks.Where(entry => directory.SegmentOf(entry.Key.Address) is null)
            .Select(entry => (What: $"network {entry.Key}", entry.Value.Position));
        var lost = hosts.Concat(networks).OrderBy(entry => (entry.Position.Line, entry.Position.Column)).ToList();
        if (lost.Count == 0)
            return;
        var (first, others) = (lost[0], Quantity.Of(lost.Count - 1, "further entry", "further entries"));
        var what = lost.Count == 1 ? $"{first.What} lies" : $"{first.What} and {others} of hosts and networks lie";
        diagnostics.Warning(
            first.Position,
            $"{what} in no segment, so that no capture point counts as seeing them",
            "list the prefix under 'segments', or give one segment [any]");
    }

    private SiteHost? ReadHost(YamlValue item)
    {
        if (Fields.Of(item, "a host", diagnostics) is not { } fields)
            return null;
        var name = fields.RequiredText("name");
        var addresses = ImmutableArray.CreateBuilder<IpAddress>();
        foreach (var text in fields.RequiredTexts("addresses"))
        {
            if (AddressText.ReadHost(text, diagnostics) is { } address && IsFree(address, name?.Text ?? "", text))
                addresses.Add(address);
        }

        var played = ReadRoles(fields);
        fields.Close();
        return name is not null && IsNewName(name) ? new SiteHost(name.Text, addresses.ToImmutable(), played) : null;
    }

    private SiteNetwork? ReadNetwork(YamlValue item)
    {
        if (Fields.Of(item, "a network", diagnostics) is not { } fields)
            return null;
        var text = fields.RequiredText("network");
        var prefix = text is null ? null : AddressText.ReadPrefix(text, diagnostics);
        var played = ReadRoles(fields);
        fields.Close();
        if (prefix is null)
            return null;
        if (_networks.TryAdd(prefix.Value, (played, text!.Position)))
            return new SiteNetwork(prefix.Value, played);
        diagnostics.Error(
            text.Position,
            $"network {prefix} is listed twice, in lines {_networks[prefix.Value].Position.Line} and "
                + $"{text.Position.Line}",
            "give one entry all the roles");
        return null;
    }

    /// <summary>A nested network takes its addresses out of the outer one. Reported once per outer network, if
    /// addresses lose a role.</summary>
    private void WarnOfNesting()
    {
        var nested = PrefixNesting.Of(_networks.Keys)
            .Where(pair => _networks[pair.Outer].Roles.Except(_networks[pair.Inner].Roles).Any());
        foreach (var group in nested.GroupBy(pair => pair.Outer, pair => pair.Inner))
        {
            var first = group.MinBy(inner => (_networks[inner].Position.Line, _networks[inner].Position.Column));
            var (inside, around) = (_networks[first], _networks[group.Key]);
            var more = group.Count() - 1;
            diagnostics.Warning(
                inside.Position,
                $"network {first} (line "
                    + $"{inside.Position.Line})"
                    + $"{(more == 0 ? " lies" : $" and {Quantity.Of(more, "further network")} lie")} inside network "
                    + $"{group.Key} (line {around.Position.Line})",
                $"nothing to do if that is meant: the longer prefix wins, its addresses do not play "
                    + $"{string.Join(", ", around.Roles.Except(inside.Roles))}");
        }
    }

    private ImmutableArray<string> ReadRoles(Fields fields)
    {
        var played = ImmutableArray.CreateBuilder<string>();
        foreach (var role in fields.RequiredTexts("roles"))
        {
            if (role.Text == BuiltInRoles.Any)
                diagnostics.Error(role.Position, "'any' means every host in rules; no host has it as a role",
                    "name its roles");
            else if (roles.Check(role, diagnostics))
                played.Add(role.Text);
        }

        return played.ToImmutable();
    }

    private bool IsFree(IpAddress address, string host, YamlText text)
    {
        if (_addresses.TryAdd(address, (host, text.Position)))
            return true;
        var (other, position) = _addresses[address];
        if (string.Equals(other, host, StringComparison.OrdinalIgnoreCase))
        {
            diagnostics.Error(text.Position,
                $"address {address} of host {Spelling.Quote(host)} is listed twice, first in line {position.Line}",
                "keep one of them");
            return false;
        }

        diagnostics.Error(
            text.Position,
            $"address {address} belongs to host {Spelling.Quote(other)} (line {position.Line}) and to host "
                + $"{Spelling.Quote(host)} (line {text.Position.Line})",
            "an address has one host; give one host all the roles");
        return false;
    }

    private bool IsNewName(YamlText name)
    {
        if (name.Text.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)))
            diagnostics.Error(name.Position,
                $"host name {Spelling.Quote(name.Text)} contains a space or control character");
        if (BuiltInRoles.Contains(name.Text) || roles.Defines(name.Text))
            diagnostics.Error(name.Position, $"host {Spelling.Quote(name.Text)} is named like a role",
                "give it another name: exceptions and rules name both");
        if (_names.TryAdd(name.Text, name.Position.Line))
            return true;
        diagnostics.Error(
            name.Position,
            $"host {Spelling.Quote(name.Text)} is listed twice, first in line {_names[name.Text]}",
            "give one entry all the addresses and roles, or another name");
        return false;
    }
}
