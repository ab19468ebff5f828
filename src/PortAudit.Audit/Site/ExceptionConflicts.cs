using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Site;

/// <summary>Reports exceptions that contradict each other or a prohibition of the site. A narrow exception in a wide
/// prohibition is fine.</summary>
/// <param name="scopes">Compares scopes of traffic.</param>
/// <param name="diagnostics">Receives the diagnostics.</param>
internal sealed class ExceptionConflicts(ScopeComparison scopes, FileDiagnostics diagnostics)
{
    /// <summary>
    /// Exceptions compared with each other, the first: the cost grows with the square of their number.
    /// </summary>
    public const int MaximumCompared = 500;

    /// <summary>Notes what contradicts.</summary>
    /// <param name="exceptions">The exceptions and where they stand, in the order of the file.</param>
    /// <param name="rules">The site's own rules and where they stand.</param>
    public void Check(ImmutableArray<(SiteException Exception, TextPosition Position)> exceptions,
        ImmutableArray<(Rule Rule, TextPosition Position)> rules)
    {
        var compared = Math.Min(exceptions.Length, MaximumCompared);
        for (var second = 1; second < compared; second++)
        {
            for (var first = 0; first < second; first++)
                Compare(exceptions[first], exceptions[second]);
        }

        if (exceptions.Length > compared)
            diagnostics.Warning(exceptions[compared].Position,
                $"only the first {MaximumCompared} exceptions are compared with each other");
        var forbidding = rules.Where(entry => entry.Rule is { Verdict: RuleVerdict.Forbidden, PortParameter: null })
            .Take(MaximumCompared).ToList();
        foreach (var (exception, position) in exceptions.Take(compared))
        {
            foreach (var entry in forbidding.Where(entry =>
                scopes.Covers(TrafficScope.Of(exception), TrafficScope.Of(entry.Rule, entry.Rule.Ports))))
                diagnostics.Warning(
                    position,
                    $"exception {Spelling.Quote(exception.Id)} covers all that rule {Spelling.Quote(entry.Rule.Id)} "
                        + $"(line {entry.Position.Line}) forbids, so it forbids nothing until {Day(exception)}",
                    "narrow the exception, or remove one of them");
        }
    }

    private void Compare((SiteException Exception, TextPosition Position) first,
        (SiteException Exception, TextPosition Position) second)
    {
        var (a, b) = (TrafficScope.Of(first.Exception), TrafficScope.Of(second.Exception));
        var (isSecondWithin, isFirstWithin) = (scopes.Covers(a, b), scopes.Covers(b, a));
        if (isSecondWithin && isFirstWithin)
            NoteSame(first, second);
        else if (isSecondWithin)
            NoteWithin(second, first);
        else if (isFirstWithin)
            NoteWithin(first, second);
    }

    private void NoteSame((SiteException Exception, TextPosition Position) first,
        (SiteException Exception, TextPosition Position) second)
    {
        var differences = new List<string>();
        if (first.Exception.Expires != second.Exception.Expires)
            differences.Add($"end on {Day(first.Exception)} and {Day(second.Exception)}");
        if (first.Exception.Owner != second.Exception.Owner)
            differences.Add(
                $"belong to {Spelling.Quote(first.Exception.Owner)} and {Spelling.Quote(second.Exception.Owner)}");
        var how = differences.Count == 0 ? "" : $" and {string.Join(", and ", differences)}";
        diagnostics.Warning(
            second.Position,
            $"exceptions {Name(first)} and {Name(second)} cover the same traffic{how}",
            first.Exception.Expires == second.Exception.Expires
                ? "keep one of them"
                : "keep one of them; while there are two, the later date counts");
    }

    /// <summary>One that outlasts the wider is an extension; one that expires with it is harmless.</summary>
    private void NoteWithin((SiteException Exception, TextPosition Position) narrow,
        (SiteException Exception, TextPosition Position) wide)
    {
        if (narrow.Exception.Expires < wide.Exception.Expires)
            diagnostics.Warning(
                narrow.Position,
                $"exception {Name(narrow)} expires on {Day(narrow.Exception)}, but all that it covers stays excused by "
                    + $"{Name(wide)} until {Day(wide.Exception)}",
                "narrow the wider one, or remove the narrower");
    }

    private static string Name((SiteException Exception, TextPosition Position) entry) =>
        $"{Spelling.Quote(entry.Exception.Id)} (line {entry.Position.Line})";

    private static string Day(SiteException exception) =>
        exception.Expires.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
