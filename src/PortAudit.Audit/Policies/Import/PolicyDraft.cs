using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Import;

/// <summary>
/// What an importer makes of one file. It has to say of every line whether it was understood, is not evaluable or is
/// not about what the firewall lets pass; lines it forgets are listed as not evaluable, so that nothing is lost
/// silently.
/// </summary>
/// <param name="text">The file.</param>
public sealed class PolicyDraft(ConfigurationText text)
{
    private readonly LineKind[] _kinds = new LineKind[text.Lines.Length + 1];
    private readonly SortedDictionary<int, string> _reasons = [];

    private enum LineKind : byte
    {
        Unread,
        Blank,
        Other,
        Understood,
        NotEvaluable,
    }

    /// <summary>The file.</summary>
    public ConfigurationText Text => text;

    /// <summary>A line of the file; the first is 1.</summary>
    public PolicyLine Line(int line) => new(text.Path, line);

    /// <summary>A line as reports show it; empty when the file has no such line.</summary>
    public string Shown(int line) => line >= 1 && line <= text.Lines.Length
        ? ConfigurationText.Shown(text.Lines[line - 1]) : "";

    /// <summary>Notes a blank line or a comment.</summary>
    public void Blank(int line) => Note(line, LineKind.Blank);

    /// <summary>Notes a line about something else: routing, logging, management of the device.</summary>
    public void Other(int line) => Note(line, LineKind.Other);

    /// <summary>Notes a line of policy that is evaluated. One that was called not evaluable stays so.</summary>
    public void Understood(int line) => Note(line, LineKind.Understood);

    /// <summary>Notes a line of policy of which a part or all is not evaluated.</summary>
    /// <param name="line">The line, the first is 1.</param>
    /// <param name="reason">Why, in a clause; the first one of a line counts.</param>
    public void NotEvaluable(int line, string reason)
    {
        Note(line, LineKind.NotEvaluable);
        _reasons.TryAdd(line, reason);
    }

    /// <summary>How many lines were understood.</summary>
    public PolicyLineCounts Counts()
    {
        Settle();
        var counts = new long[5];
        foreach (var kind in _kinds.AsSpan(1))
            counts[(int)kind]++;
        var (other, understood, not) = (counts[(int)LineKind.Other], counts[(int)LineKind.Understood],
            counts[(int)LineKind.NotEvaluable]);
        return new PolicyLineCounts(other + understood + not, understood, not, other);
    }

    /// <summary>The lines that are not evaluated, in their order.</summary>
    public ImmutableArray<UnevaluatedLine> NotEvaluableLines()
    {
        Settle();
        return [.. _reasons.Select(entry => new UnevaluatedLine(Line(entry.Key), Shown(entry.Key), entry.Value))];
    }

    private void Note(int line, LineKind kind)
    {
        if (line >= 1 && line < _kinds.Length && kind > _kinds[line])
            _kinds[line] = kind;
    }

    private void Settle()
    {
        for (var line = 1; line < _kinds.Length; line++)
        {
            if (_kinds[line] != LineKind.Unread)
                continue;
            if (string.IsNullOrWhiteSpace(text.Lines[line - 1]))
                Blank(line);
            else
                NotEvaluable(line, "not recognised");
        }
    }
}
