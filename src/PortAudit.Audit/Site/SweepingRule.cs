using PortAudit.Audit.Catalog;

namespace PortAudit.Audit.Site;

/// <summary>Recognises a rule that allows every port of a transport between any hosts, whatever is spoken there: no
/// such traffic can be a finding any more.</summary>
internal static class SweepingRule
{
    /// <summary>True for such a rule of the site itself.</summary>
    public static bool IsSweeping(this Rule rule) =>
        rule is
        {
            Catalog: RuleScope.SiteCatalog, Verdict: RuleVerdict.Allowed, Protocols.IsEmpty: true,
            Security: TransportSecurity.Any, AnnouncedBy.IsEmpty: true, PortParameter: null
        }
        && rule.From.Contains(BuiltInRoles.Any) && rule.To.Contains(BuiltInRoles.Any)
        && rule.Transports.Any(transport => transport.HasPorts) && HoldEveryPort(rule);

    private static bool HoldEveryPort(Rule rule)
    {
        var next = 1;
        foreach (var range in rule.Ports.Order())
        {
            if (range.First <= next)
                next = Math.Max(next, range.Last + 1);
        }

        return rule.Ports.IsEmpty || next > ushort.MaxValue;
    }
}
