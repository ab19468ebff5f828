using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Matching;

/// <summary>A rule that answers a question.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Ports">Its responder ports with the parameter filled in; empty when it covers every port, or has no ports.</param>
/// <param name="WhyOff">Why it does not apply in the site, one sentence; null when it applies, or no site was asked about.</param>
public sealed record AnsweringRule(Rule Rule, ImmutableArray<PortRange> Ports, string? WhyOff);

/// <summary>Answers what one party may say to another, by the rules that judge captures.</summary>
public sealed class RuleQuery
{
    /// <summary>Transports that a port may belong to when none is named.</summary>
    private static readonly ImmutableArray<IpProtocol> WithPorts = [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp];

    private readonly SiteFile? _site;
    private readonly ImmutableArray<BoundRule> _rules;
    private readonly RuleIndex _index;

    /// <summary>Prepares the rules.</summary>
    /// <param name="catalogs">The catalogs.</param>
    /// <param name="site">The site that sets conditions and parameters and adds rules; null for the catalogs alone.</param>
    public RuleQuery(CatalogSet catalogs, SiteFile? site)
    {
        ArgumentNullException.ThrowIfNull(catalogs);
        _site = site;
        _rules = RuleBook.Bind(catalogs, site);
        _index = new RuleIndex(_rules, new RoleTree(catalogs));
    }

    /// <summary>The rules in the order of preference; before them those that forbid, behind them those that do not apply in the site.</summary>
    /// <param name="from">Role, or host of the site, that opens the conversation.</param>
    /// <param name="to">Role, or host of the site, that answers.</param>
    /// <param name="transport">Transport; null for any.</param>
    /// <param name="port">Port of the responder; null for any.</param>
    public ImmutableArray<AnsweringRule> Ask(string from, string to, IpProtocol? transport, ushort? port)
    {
        var originator = Identify(from);
        var responder = Identify(to);
        var matches = port is { } number
            ? (transport is { } one ? [one] : WithPorts).SelectMany(protocol => _index.Covering(protocol, number, originator, responder))
            : _rules.Where(rule => transport is null || rule.Rule.Transports.Contains(transport.Value))
                .Where(rule => _index.IsOneOf(originator, rule.Rule.From) && _index.IsOneOf(responder, rule.Rule.To))
                .Select(rule => new RuleMatch(rule, NarrowestWidth(rule)));
        return
        [
            .. matches.OrderBy(match => _site is not null && !match.Rule.IsOn)
                .ThenBy(match => match.Rule.Allows)
                .ThenBy(match => match)
                .DistinctBy(match => match.Rule.Place)
                .Select(match => new AnsweringRule(match.Rule.Rule, match.Rule.Ports, _site is null ? null : match.Rule.WhyOff)),
        ];
    }

    private HostIdentity Identify(string party) => _site?.Hosts.FirstOrDefault(host => host.Name == party) is { } host
        ? new HostIdentity(host.Addresses[0], host.Name, host.Roles, null, IsPlaced: true)
        : new HostIdentity(default, null, [party], null, IsPlaced: true);

    private static int NarrowestWidth(BoundRule rule) => rule.Ports.IsEmpty ? RuleMatch.EveryPort : rule.Ports.Min(range => range.Size);
}
