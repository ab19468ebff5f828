using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Iptables;

/// <summary>Reads what iptables-save and ip6tables-save write, with or without counters, several tables and both
/// families in one file, and the plain commands of scripts (iptables(8), iptables-restore(8)).</summary>
internal sealed class IptablesReader
{
    private readonly ConfigurationText _text;
    private readonly PolicyDraft _draft;
    private readonly RulesetDraft _ruleset;
    private readonly IptablesCommands _commands;
    private TableDraft? _table;
    private bool _isIpv6;

    private IptablesReader(ConfigurationText text)
    {
        _text = text;
        _draft = new PolicyDraft(text);
        _ruleset = new RulesetDraft(_draft, IptablesFormat.Name);
        _commands = new IptablesCommands(_ruleset);
    }

    /// <summary>Reads a file.</summary>
    public static Policy Read(ConfigurationText text) => new IptablesReader(text).ReadLines();

    private Policy ReadLines()
    {
        for (var line = 1; line <= _text.Lines.Length; line++)
            ReadLine(line, _text.Lines[line - 1].Trim());
        if (_table is not null)
            HideAll(_table, "the file ends before the table's COMMIT");
        var families = _ruleset.Tables.Select(table => table.Family).ToHashSet();
        foreach (var table in _ruleset.Tables)
            table.IsOtherFamilyKnown = families.Count > 1;
        TrackingExemptions.Apply(_ruleset);
        return _ruleset.Build();
    }

    private void ReadLine(int line, string content)
    {
        if (content.Length == 0 || content[0] == '#')
            _draft.Blank(line);
        else if (content.Length > ConfigurationText.MaxLineLength)
            ReadLong(line, content);
        else if (content[0] == '*')
            Begin(line, content[1..].Trim());
        else if (content[0] == ':')
            Declare(line, content);
        else if (content == "COMMIT")
            End(line);
        else if (IptablesLine.Of(content) is { } command)
            _commands.Run(line, command, TableOf(command, line));
        else if (LooksLikeRule(content))
            HideRule(line, content, "a quote is not closed or an option is not known");
    }

    private void Begin(int line, string name)
    {
        _isIpv6 = IptablesFamilies.IsIpv6(_text, line - 1);
        // A second table of the same name that nothing else tells apart is the other family's.
        if (!_isIpv6 && _ruleset.Tables.Any(table => table.Family == TableFamily.Ipv4 && table.Name == name))
            _isIpv6 = !SaysIpv4(line);
        _table = Table(name, _isIpv6);
        _draft.Understood(line);
    }

    private bool SaysIpv4(int line)
    {
        for (var index = line - 2; index >= 0 && _text.Lines[index].StartsWith('#'); index--)
        {
            if (_text.Lines[index].Contains("by iptables-save", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private void Declare(int line, string content)
    {
        var words = content[1..].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
            return;
        var table = _table ?? Table("filter", isIpv6: false);
        var chain = IptablesCommands.Chain(table, words[0], line);
        chain.Line = line;
        if (chain.Hook is null)
        {
            _draft.Understood(line);
            return;
        }

        _commands.SetDefault(chain, line, words.Length > 1 ? words[1] : "-");
        if (words.Length > 2)
            chain.DefaultHits = IptablesLine.PacketsOf(words[2]);
    }

    private void End(int line)
    {
        _table = null;
        _draft.Understood(line);
    }

    private TableDraft TableOf(IptablesLine command, int line)
    {
        if (_table is not null && command.Table is null && command.IsIpv6 is null)
            return _table;
        var isIpv6 = command.IsIpv6 ?? (_table is not null ? _isIpv6
            : _ruleset.Tables.Count > 0 ? _ruleset.Tables[0].Family == TableFamily.Ipv6
            : IptablesFamilies.IsIpv6(_text, line - 1));
        return Table(command.Table ?? "filter", isIpv6);
    }

    private TableDraft Table(string name, bool isIpv6)
    {
        var table = _ruleset.Table(isIpv6 ? TableFamily.Ipv6 : TableFamily.Ipv4, name, isIpv6 ? $"ip6 {name}" : name);
        return table;
    }

    /// <summary>A line that is too long to be read: what can be told is the chain of its rule.</summary>
    private void ReadLong(int line, string content) =>
        HideRule(line, content[..ConfigurationText.MaxLineLength],
            $"longer than {ConfigurationText.MaxLineLength} characters");

    private void HideRule(int line, string content, string reason)
    {
        _draft.NotEvaluable(line, reason);
        var words = content[..Math.Min(content.Length, 1000)]
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindIndex(words, word => word is "-A" or "--append");
        if (at >= 0 && at + 1 < words.Length)
            _commands.AppendUnknown(_table ?? Table("filter", isIpv6: false), words[at + 1].Trim('"'), line, reason);
        else if (_table is not null)
            HideAll(_table, reason);
    }

    private static bool LooksLikeRule(string content) => content[0] is '-' or '['
        || content.StartsWith("iptables", StringComparison.Ordinal)
            || content.StartsWith("ip6tables", StringComparison.Ordinal);

    private static void HideAll(TableDraft table, string why)
    {
        foreach (var chain in table.Chains)
            chain.Hide(why);
    }
}
