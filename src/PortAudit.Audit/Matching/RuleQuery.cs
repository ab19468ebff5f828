using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>A rule that answers a question.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Ports">Its responder ports with the parameter filled in; empty when it covers every port, or has no
/// ports.</param>
/// <param name="WhyOff">Why it does not apply in the site, one sentence; null when it applies, or no site was asked
/// about.</param>
public sealed record AnsweringRule(Rule Rule, ImmutableArray<PortRange> Ports, string? WhyOff);

/// <summary>Answers what one party may say to another, who may reach it, and whom it may reach, by the rules that judge
/// captures.</summary>
public sealed class RuleQuery
{
    /// <summary>Transports that a port may belong to when none is named.</summary>
    private static readonly ImmutableArray<IpProtocol> WithPorts = [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp];

    private readonly SiteFile? _site;
    private readonly ImmutableArray<BoundRule> _rules;
    private readonly RuleIndex _index;

    /// <summary>Prepares the rules.</summary>
    /// <param name="catalogs">The catalogs.</param>
    /// <param name="site">The site that sets conditions and parameters and adds rules; null for the catalogs
    /// alone.</param>
    public RuleQuery(CatalogSet catalogs, SiteFile? site)
    {
        ArgumentNullException.ThrowIfNull(catalogs);
        _site = site;
        _rules = RuleBook.Bind(catalogs, site);
        _index = new RuleIndex(_rules, new RoleTree(catalogs));
    }

    /// <summary>The rules in the order of preference; before them those that forbid, behind them those that do not
    /// apply in the site.</summary>
    /// <param name="from">Role, or host of the site, that opens the conversation; null for every one. The role
    /// <c>any</c> is a host without another role.</param>
    /// <param name="to">Role, or host of the site, that answers; null for every one.</param>
    /// <param name="transport">Transport; null for any.</param>
    /// <param name="port">Port of the responder; null for any.</param>
    public ImmutableArray<AnsweringRule> Ask(string? from, string? to, IpProtocol? transport, ushort? port)
    {
        var originator = from is null ? null : Identify(from);
        var responder = to is null ? null : Identify(to);
        ImmutableArray<IpProtocol> asked = transport is { } one ? [one] : port is null ? [] : WithPorts;
        var matches = _rules
            .Where(rule => asked.IsEmpty || rule.Rule.Transports.Any(own => asked.Contains(own)))
            .Where(rule => IsOneOf(originator, rule.Rule.From) && IsOneOf(responder, rule.Rule.To))
            .Select(rule => new RuleMatch(rule, Width(rule, port)))
            .Where(match => match.Width > 0);
        return
        [
            .. matches.OrderBy(match => _site is not null && !match.Rule.IsOn)
                .ThenBy(match => match.Rule.Allows)
                .ThenBy(match => match)
                .Select(match =>
                    new AnsweringRule(match.Rule.Rule, match.Rule.Ports, _site is null ? null : match.Rule.WhyOff)),
        ];
    }

    private HostIdentity Identify(string party) => _site?.Hosts.FirstOrDefault(host => host.Name == party) is { } host
        ? new HostDirectory(_site).Resolve(host.Addresses[0])
        : new HostIdentity(default, null, [party], null, IsListed: true);

    private bool IsOneOf(HostIdentity? party, ImmutableArray<string> names) =>
        party is null || _index.IsOneOf(party, names);

    // Of the narrowest range that holds the port, or of the narrowest one when none is asked for; 0 when the rule does
    // not cover the port.
    private static int Width(BoundRule rule, ushort? port)
    {
        if (rule.Ports.IsEmpty)
            return port is null || rule.Rule.PortParameter is null ? RuleMatch.EveryPort : 0;
        return rule.Ports.Where(range => port is null || range.Contains(port.Value)).Select(range => range.Size)
            .DefaultIfEmpty().Min();
    }
}
