using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Cli.Input;
using PortAudit.Cli.Terminal;
using PortAudit.Reports.Catalog;
using PortAudit.Traffic.Wire;

namespace PortAudit.Cli.Commands;

/// <summary><c>portaudit catalog query</c>: what one role may say to another, who may reach it, or whom it may reach,
/// and why.</summary>
internal sealed class CatalogQueryCommand(CommandEnvironment environment, DiagnosticLog log)
{
    /// <summary>The format that is no list.</summary>
    private const string Text = "text";

    private readonly CatalogOptions _catalogs = new();

    private readonly Option<string?> _from = new("--from")
    {
        Description =
        "Role that opens the conversation; with --site also a host. Every role without it.",
        HelpName = "ROLE"
    };

    private readonly Option<string?> _to = new("--to")
    {
        Description =
        "Role that answers; with --site also a host. Every role without it.",
        HelpName = "ROLE"
    };

    private readonly Option<IpProtocol?> _transport = new("--transport")
    {
        Description = "Only this transport: tcp, udp, icmp, icmp6, sctp or ip:N.",
        HelpName = "TRANSPORT",
        CustomParser = ReadTransport,
    };

    private readonly Option<ushort?> _port = new("--port")
    {
        Description =
        "Only rules that cover this port of the answering side.",
        HelpName = "PORT",
        CustomParser = ReadPort
    };

    private readonly Option<string?> _site = new("--site")
    {
        Description = "A site file: its catalogs are asked, with its conditions, parameters and rules.",
        HelpName = "FILE",
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "Output format.",
        DefaultValueFactory = _ => Text
    };

    public Command Build()
    {
        _from.CompletionSources.Add(_catalogs.Names.Roles);
        _to.CompletionSources.Add(_catalogs.Names.Roles);
        _transport.CompletionSources.Add("tcp", "udp", "icmp", "icmp6", "sctp");
        _format.AcceptWords([Text, .. CatalogFormat.All.Select(format => format.Name)]);
        var command = new Command("query", $"Says what one role may say to another, who may reach it, or whom it may "
            + "reach, and why. Example: 'portaudit catalog query --from lync-client --to lync-front-end --port 443'. "
            + $"{CatalogOptions.ExitCodes}")
        {
            _from, _to, _transport, _port, _site, _catalogs.Catalogs, _format, _catalogs.Rules,
        };
        command.Validators.Add(Validate);
        command.SetAction(parsed => (int)Execute(parsed));
        return command;
    }

    private void Validate(CommandResult result)
    {
        if (result.GetResult(_from) is null && result.GetResult(_to) is null && result.GetResult(_port) is null)
            result.AddError("Name --from, --to or --port; 'portaudit catalog list' lists every rule.");
        if (result.GetResult(_site) is not null && result.GetResult(_catalogs.Catalogs) is not null)
            result.AddError("--site and --catalog exclude each other: the site names its catalogs.");
        // The token, not the value, which an invalid transport lacks; that error is reported elsewhere.
        if (result.GetResult(_port) is not null && result.GetResult(_transport)?.Tokens is [{ Value: var text }]
            && IpProtocol.TryParse(text, out var transport) && !transport.HasPorts)
            result.AddError($"{transport} has no ports.");
    }

    private ExitCode Execute(ParseResult parsed)
    {
        if (Load(parsed) is not { } asked)
            return ExitCode.Usage;
        var (catalogs, site) = asked;
        if (!TryReadParty(parsed.GetValue(_from), catalogs, site, out var from)
            || !TryReadParty(parsed.GetValue(_to), catalogs, site, out var to))
            return ExitCode.Usage;

        var transport = parsed.GetValue(_transport);
        var port = parsed.GetValue(_port);
        var rows = CatalogRows.Of(new RuleQuery(catalogs, site).Ask(from, to, transport, port));
        var list = new CatalogList(rows, catalogs.Documents);
        if (CatalogFormat.All.FirstOrDefault(row => row.Name == parsed.GetValue(_format)) is { } format)
            format.Write(list, environment.Output, environment.OutputIsTerminal ? environment.Width : null);
        else
            CatalogAnswer.Write(Question(Words(from, catalogs), Words(to, catalogs), transport, port), list, catalogs,
                environment.Output, environment.Width);
        return ExitCode.Success;
    }

    private (CatalogSet Catalogs, SiteFile? Site)? Load(ParseResult parsed)
    {
        if (parsed.GetValue(_site) is not { } path)
            return _catalogs.Load(parsed, log) is { } catalogs ? (catalogs, null) : null;
        var load = SiteLoader.Load(path, parsed.GetValue(_catalogs.Rules));
        foreach (var diagnostic in load.Diagnostics)
            log.Write(diagnostic);
        return load is { Catalogs: { } named, Site: { } site } ? (named, site) : null;
    }

    // Null for every party, where the option is not written.
    private bool TryReadParty(string? name, CatalogSet catalogs, SiteFile? site, out string? party)
    {
        party = null;
        if (name is null)
            return true;
        party = RoleNames.Find(name, catalogs, site?.Hosts.Select(host => host.Name) ?? [], out var problem);
        if (party is null)
            log.Error(problem);
        return party is not null;
    }

    private static string Question(string from, string to, IpProtocol? transport, ushort? port)
    {
        ImmutableArray<string> over = [transport?.ToString() ?? "", port?.ToString(CultureInfo.InvariantCulture) ?? ""];
        var asked = string.Join(' ', over.Where(word => word.Length > 0));
        var parties = $"{from} to {to}";
        return asked.Length == 0 ? parties : $"{parties} over {asked}";
    }

    // Rules of a part do not apply to the whole: an Edge Server has no rules, its interfaces have.
    private static string Words(string? party, CatalogSet catalogs)
    {
        if (party is null)
            return "every role";
        if (party == BuiltInRoles.Any)
            return "any (a host without another role)";
        var parts = catalogs.Files.SelectMany(file => file.Roles).Where(role => role.PartOf == party)
            .Select(role => role.Id).Distinct().Order(StringComparer.Ordinal).ToArray();
        return parts.Length == 0 ? party : $"{party} (without its parts {string.Join(", ", parts)})";
    }

    private static IpProtocol? ReadTransport(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (IpProtocol.TryParse(text, out var transport))
            return transport;
        result.AddError($"'{text}' is not a transport; use tcp, udp, icmp, icmp6, sctp or ip:N with N from 0 to 255.");
        return null;
    }

    private static ushort? ReadPort(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0)
            return port;
        result.AddError($"'{text}' is not a port; ports run from 1 to 65535.");
        return null;
    }
}
