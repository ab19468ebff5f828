using System.Collections.Immutable;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Site;

/// <summary>Reports site rules without the intended effect: a wider rule decides instead, or they allow
/// everything.</summary>
/// <param name="scopes">Compares scopes of traffic.</param>
/// <param name="diagnostics">Receives the diagnostics.</param>
internal sealed class RuleConflicts(ScopeComparison scopes, FileDiagnostics diagnostics)
{
    /// <summary>Rules compared with each other, the first: the cost grows with the square of their number.</summary>
    public const int MaximumCompared = 500;

    /// <summary>Notes what is wrong.</summary>
    /// <param name="rules">The site's own rules and where they stand, in the order of the file.</param>
    public void Check(ImmutableArray<(Rule Rule, TextPosition Position)> rules)
    {
        foreach (var (rule, position) in rules.Where(entry => entry.Rule.IsSweeping()))
        {
            var transports = string.Join(" and ", rule.Transports.Where(transport => transport.HasPorts).Order());
            diagnostics.Warning(position,
                $"rule {Spelling.Quote(rule.Id)} allows every port of {transports} between any hosts, so that no flow "
                    + $"of {transports} can be unexpected",
                "name the hosts, networks or segments that it applies to");
        }

        if (rules.Length > MaximumCompared)
            diagnostics.Warning(rules[MaximumCompared].Position,
                $"only the first {MaximumCompared} rules are compared with each other");
        var compared = rules.Take(MaximumCompared).Where(entry => entry.Rule.PortParameter is null).ToList();
        for (var index = 0; index < compared.Count; index++)
        {
            if (WhichShadows(compared, index) is { } wider)
                Note(compared[index], wider);
        }
    }

    private (Rule Rule, TextPosition Position)? WhichShadows(List<(Rule Rule, TextPosition Position)> rules, int index)
    {
        for (var other = 0; other < rules.Count; other++)
        {
            if (other != index && Shadows(rules[other].Rule, rules[index].Rule, isFirst: other < index))
                return rules[other];
        }

        return null;
    }

    /// <summary>True when the narrower rule changes no verdict. Of two rules about the same traffic that is the
    /// second. A prohibition stands above what is allowed; among rules that allow, that decides which asks for
    /// least.</summary>
    private bool Shadows(Rule wide, Rule narrow, bool isFirst)
    {
        if (!wide.When.Conditions.IsEmpty || !Covers(wide, narrow))
            return false;
        var isSame = Covers(narrow, wide);
        if (wide.Verdict == RuleVerdict.Forbidden)
            return narrow.Verdict == RuleVerdict.Allowed || !isSame || isFirst;
        return narrow.Verdict == RuleVerdict.Allowed && AsksForNoMore(wide, narrow)
            && !(IsTracked(narrow) && AsksForNoMore(narrow, wide))
            && (!isSame || !AsksForNoMore(narrow, wide) || isFirst);
    }

    /// <summary>True when every flow that fits the second rule fits the first.</summary>
    private static bool AsksForNoMore(Rule one, Rule other) =>
        one.AnnouncedBy.IsEmpty
        && (one.Protocols.IsEmpty || (!other.Protocols.IsEmpty && other.Protocols.All(one.Protocols.Contains)))
        && (one.Security == TransportSecurity.Any || one.Security == other.Security);

    /// <summary>True for a rule whose use is reported, which it is whatever a wider rule allows.</summary>
    private static bool IsTracked(Rule rule) => rule.Need is Need.Required or Need.Conditional;

    private bool Covers(Rule wide, Rule narrow) =>
        scopes.Covers(TrafficScope.Of(wide, wide.Ports), TrafficScope.Of(narrow, narrow.Ports));

    private void Note((Rule Rule, TextPosition Position) narrow, (Rule Rule, TextPosition Position) wide)
    {
        var wider = $"rule {Spelling.Quote(wide.Rule.Id)} (line {wide.Position.Line})";
        var (what, remedy) = (wide.Rule.Verdict, narrow.Rule.Verdict) switch
        {
            (RuleVerdict.Forbidden, RuleVerdict.Allowed) => ($"allows nothing, as {wider} forbids all that it covers",
                "narrow the prohibition; for a time, an exception lets traffic pass"),
            (RuleVerdict.Forbidden, RuleVerdict.Forbidden) => ($"adds nothing, as {wider} forbids all that it covers",
                "remove one of them"),
            _ => AsksForNoMore(narrow.Rule, wide.Rule)
                ? ($"adds nothing, as {wider} allows all that it covers", "narrow the wider one, or remove one of them")
                : ($"demands a protocol or TLS without effect, as {wider} allows all that it covers without",
                    "narrow the wider one"),
        };
        diagnostics.Warning(narrow.Position, $"rule {Spelling.Quote(narrow.Rule.Id)} {what}", remedy);
    }
}
