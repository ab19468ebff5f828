using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Site;
using PortAudit.Audit.Yaml;
using PortAudit.Cli.Terminal;

namespace PortAudit.Cli.Input;

/// <summary><c>--policy [NAME=]FILE</c>: configurations of firewalls that are compared with documents and traffic.
/// Those that the site names are read as well.</summary>
internal sealed class PolicyOption
{
    private readonly Option<string[]> _policies = new("--policy")
    {
        Description = "The configuration of a firewall (Windows Firewall, Cisco ASA or IOS, iptables, nftables, "
            + "PAN-OS, FortiOS), to be compared with documents and traffic. NAME= names it; the name of a host of the "
            + "site makes it that host's own firewall. May be repeated.",
        HelpName = "[NAME=]FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> None =
        ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Add(_policies);

    /// <summary>True when the command line names one.</summary>
    public bool IsGiven(SymbolResult result) => result.GetResult(_policies) is not null;

    /// <summary>The paths of all configurations of a run.</summary>
    public IEnumerable<string> Files(ParseResult parsed, SiteFile? site) =>
        Policies(parsed, site).Select(policy => policy.File);

    /// <summary>Reads the configurations. Null, with lines in the log, when one cannot be read.</summary>
    public ImmutableArray<BoundPolicy>? Read(ParseResult parsed, SiteFile site, CatalogSet catalogs, DiagnosticLog log)
    {
        var read = ImmutableArray.CreateBuilder<BoundPolicy>();
        var isComplete = true;
        foreach (var entry in Policies(parsed, site))
        {
            var diagnostics = new List<Diagnostic>();
            var policy = BoundPolicy.Read(entry, site, catalogs, diagnostics);
            foreach (var diagnostic in diagnostics)
                log.Write(diagnostic);
            if (policy is null)
                isComplete = false;
            else
                read.Add(policy);
        }

        foreach (var name in read.GroupBy(policy => policy.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1).Select(group => group.Key))
        {
            log.Error($"--policy: two firewalls are called {Spelling.Quote(name)}: write NAME=FILE");
            isComplete = false;
        }

        return isComplete ? read.ToImmutable() : null;
    }

    /// <summary>Logs which configurations cannot be read, where the run cannot begin for another reason.</summary>
    public void LogUnread(ParseResult parsed, SiteFile? site, DiagnosticLog log)
    {
        var diagnostics = new List<Diagnostic>();
        foreach (var entry in Policies(parsed, site))
            PolicyReader.Read(entry.File, entry.Format, KnownAddresses.None, diagnostics);
        foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            log.Write(diagnostic);
    }

    private IEnumerable<SitePolicy> Policies(ParseResult parsed, SiteFile? site)
    {
        foreach (var policy in site?.Policies ?? [])
            yield return policy;
        foreach (var text in parsed.GetValue(_policies) ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var (name, file) = equals > 0 && !File.Exists(text) ? (text[..equals], text[(equals + 1)..]) : ("", text);
            var host = site?.Hosts.FirstOrDefault(host => host.Name == name)?.Name;
            yield return new SitePolicy(name, file, null, host, None, None, null);
        }
    }
}
