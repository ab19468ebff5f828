using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Terminal;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Wire;

namespace PortAudit.Cli.Input;

/// <summary><c>--host</c>, <c>--net</c>, <c>--port</c>, <c>--protocol</c>, <c>--role</c> and <c>--segment</c>: which
/// flows are listed or judged.</summary>
internal sealed class FlowSelectionOptions
{
    private static readonly ImmutableArray<string> ProtocolNames =
    [
        "tcp", "udp", "icmp", "icmp6", "sctp",
        .. ProtocolRegistry.Rows.Select(row => row.Name).Order(StringComparer.Ordinal),
    ];

    private readonly Option<string[]> _hosts = Of("--host", "HOST",
        "Only flows of this address or, with --site, host of the site. Of several values of one option a flow needs "
            + "to meet one, by either end; of several options all.");

    private readonly Option<string[]> _networks = Of("--net", "PREFIX", "Only flows of this network: 10.1.0.0/16.");

    private readonly Option<string[]> _ports = Of("--port", "N[-M]",
        "Only flows of TCP, UDP or SCTP with this port, or one of this range, at either end.");

    private readonly Option<string[]> _protocols = Of("--protocol", "NAME",
        "Only flows of this protocol or service, as 'portaudit flows' names it, or of a transport.");

    private readonly Option<string[]> _roles = Of("--role", "ROLE", "Only flows of hosts in this role. Needs --site.");

    private readonly Option<string[]> _segments = Of("--segment", "NAME",
        "Only flows of addresses in this segment of the site. Needs --site.");

    private ImmutableArray<Option<string[]>> All => [_hosts, _networks, _ports, _protocols, _roles, _segments];

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="site">Its option of a site file.</param>
    /// <param name="rules">Its option of a directory of catalogs.</param>
    public void AddTo(Command command, Option<string?> site, Option<string?> rules)
    {
        foreach (var option in All)
            command.Add(option);
        _protocols.CompletionSources.Add([.. ProtocolNames]);
        _roles.CompletionSources.Add(new CatalogCompletion(rules).Roles);
        Validate(site);
    }

    /// <summary>True when flows are selected.</summary>
    public bool IsGiven(SymbolResult result) => All.Any(option => result.GetResult(option) is not null);

    /// <summary>The selection; one without criteria when none is given. Null, with lines in the log, when a name is
    /// unknown.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="load">The site; null for none.</param>
    /// <param name="log">Takes what is wrong.</param>
    public FlowSelection? Of(ParseResult parsed, SiteLoad? load, DiagnosticLog log)
    {
        var problems = new List<string>();
        var roles = load is null ? RoleTree.None : new RoleTree(load.Catalogs!);
        var criteria = Read(parsed) with
        {
            Hosts = [.. Values(parsed, _hosts).Select(host => (host, PrefixesOf(host, load?.Site, problems)))],
            Roles = Values(parsed, _roles),
            Segments = Values(parsed, _segments),
        };
        Check(_roles, criteria.Roles, load?.Catalogs!.Files.SelectMany(file => file.Roles).Select(role => role.Id)
            .Concat(BuiltInRoles.All), problems);
        Check(_segments, criteria.Segments, load?.Site!.Segments.Select(segment => segment.Name), problems);
        foreach (var problem in problems)
            log.Error(problem);
        return problems.Count == 0 ? new FlowSelection(criteria, load?.Site, roles) : null;
    }

    /// <summary>Options check themselves, so that everything that is wrong is reported at once.</summary>
    private void Validate(Option<string?> site)
    {
        _hosts.Validators.Add(result => Each(result, host =>
        {
            if (host.Length == 0)
                result.AddError($"{_hosts.Name} has an empty value.");
            else if (result.GetResult(site) is null && !IpAddress.TryParse(host, out _))
                result.AddError($"{_hosts.Name}: {Spelling.Quote(host)} is not an address; the name of a host needs "
                    + $"{site.Name}.");
        }));
        _networks.Validators.Add(result => Each(result, text => NetworkOf(text, result.AddError)));
        _ports.Validators.Add(result => Each(result, text => PortsOf(text, result.AddError)));
        _protocols.Validators.Add(result => Each(result, text => CheckProtocol(text, result.AddError)));
        foreach (var option in new[] { _roles, _segments })
            option.Validators.Add(result =>
            {
                if (result.GetResult(site) is null)
                    result.AddError($"{option.Name} needs {site.Name}.");
            });
    }

    private static void Each(OptionResult result, Action<string> check)
    {
        foreach (var token in result.Tokens)
            check(token.Value);
    }

    private void CheckProtocol(string text, Action<string> report)
    {
        if (!IpProtocol.TryParse(text, out _) && ProtocolRegistry.Find(text) is null)
            report($"{_protocols.Name}: unknown protocol {Spelling.Quote(text)}"
                + $"{(Spelling.Suggest(text, ProtocolNames) is { } hint ? $"; {hint}" : "")}");
    }

    /// <summary>What needs no site; it is known to be right.</summary>
    private FlowCriteria Read(ParseResult parsed)
    {
        var protocols = Values(parsed, _protocols).ToLookup(text => IpProtocol.TryParse(text, out _));
        return new FlowCriteria
        {
            Networks = [.. Values(parsed, _networks).Select(text => NetworkOf(text, Ignore)).OfType<Prefix>()],
            Ports = [.. Values(parsed, _ports).Select(text => PortsOf(text, Ignore)).OfType<PortRange>()],
            Transports =
                [.. protocols[true].Select(text => IpProtocol.TryParse(text, out var known) ? known : default)],
            Protocols = [.. protocols[false]],
        };
    }

    private static void Ignore(string problem)
    {
    }

    private Prefix? NetworkOf(string text, Action<string> report)
    {
        if (Prefix.Parse(text) is { } prefix)
            return prefix;
        report($"{_networks.Name}: {Spelling.Quote(text)} is not a network; write ADDRESS/LENGTH, for example "
            + "10.1.0.0/16.");
        return null;
    }

    private PortRange? PortsOf(string text, Action<string> report)
    {
        var parts = text.Split('-', 2);
        if (!IsPort(parts[0], out var first) || !IsPort(parts[^1], out var last))
            report($"{_ports.Name}: {Spelling.Quote(text)} is not a port or a range; write N or N-M with numbers from "
                + "0 to 65535.");
        else if (first > last)
            report($"{_ports.Name}: the range {text} ends before it begins.");
        else
            return new PortRange(first, last);
        return null;
    }

    private static bool IsPort(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);

    private ImmutableArray<Prefix> PrefixesOf(string host, SiteFile? known, List<string> problems)
    {
        if (IpAddress.TryParse(host, out var address))
            return [Prefix.Of(address)];
        if (known?.Hosts.FirstOrDefault(own => own.Name == host) is { } named)
            return [.. named.Addresses.Select(Prefix.Of)];
        Check(_hosts, [host], known?.Hosts.Select(own => own.Name), problems);
        return [];
    }

    private static void Check(Option option, ImmutableArray<string> names, IEnumerable<string>? known,
        List<string> problems)
    {
        var all = known?.ToHashSet(StringComparer.Ordinal) ?? [];
        problems.AddRange(names.Where(name => !all.Contains(name)).Select(name =>
            $"{option.Name}: the site has no {option.Name[2..]} {Spelling.Quote(name)}"
                + $"{(Spelling.Suggest(name, all) is { } hint ? $"; {hint}" : "")}"));
    }

    private static ImmutableArray<string> Values(ParseResult parsed, Option<string[]> option) =>
        [.. parsed.GetValue(option) ?? []];

    private static Option<string[]> Of(string name, string helpName, string description) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
