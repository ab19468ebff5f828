using System.Collections.Frozen;
using System.Globalization;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Iptables;

/// <summary>Carries out commands of iptables on the tables of a file (iptables(8), "Commands").</summary>
/// <param name="ruleset">The tables.</param>
internal sealed class IptablesCommands(RulesetDraft ruleset)
{
    private const string NatTable = "nat";

    // Priorities of the kernel (include/uapi/linux/netfilter_ipv4.h, enum nf_ip_hook_priorities).
    private static readonly FrozenDictionary<string, int> Priorities = new Dictionary<string, int>
    {
        ["raw"] = -300,
        ["mangle"] = -150,
        [NatTable] = -100,
        ["filter"] = 0,
        ["security"] = 50,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly PolicyDraft _draft = ruleset.Text;

    /// <summary>Carries out a line.</summary>
    public void Run(int line, IptablesLine command, TableDraft table)
    {
        var words = command.Words;
        var name = command.Command + 1 < words.Count ? words[command.Command + 1] : null;
        switch (words[command.Command])
        {
            case "-A" or "--append" when name is not null:
                AddRule(line, command, Chain(table, name, line), null, command.Command + 2);
                break;
            case "-I" or "--insert" when name is not null:
                var hasNumber = Position(words, command.Command + 2, out var position);
                AddRule(line, command, Chain(table, name, line), position, command.Command + (hasNumber ? 3 : 2));
                break;
            case "-N" or "--new-chain" when name is not null:
                Chain(table, name, line);
                _draft.Understood(line);
                break;
            case "-P" or "--policy" when name is not null:
                SetDefault(Chain(table, name, line), line,
                    command.Command + 2 < words.Count ? words[command.Command + 2] : "");
                break;
            case "-F" or "--flush":
                Flush(table, name);
                _draft.Understood(line);
                break;
            case "-X" or "--delete-chain":
                RemoveChains(table, name);
                _draft.Understood(line);
                break;
            case "-D" or "--delete" or "-R" or "--replace" or "-E" or "--rename-chain":
                Hide(table, name, line, $"'{words[command.Command]}' is not carried out");
                break;
            case "-Z" or "--zero" or "-C" or "--check" or "-L" or "--list" or "-S" or "--list-rules" or "-h" or "--help"
                or "-V" or "--version":
                _draft.Other(line);
                break;
            default:
                Hide(table, name, line, "ends before a value");
                break;
        }
    }

    /// <summary>The chain of a name, made when it is new. Chains with the name of a hook are base chains.</summary>
    public static ChainDraft Chain(TableDraft table, string name, int line)
    {
        if (table.Find(name) is { } known)
            return known;
        var chain = table.Chain(name, line);
        if (string.Equals(name, name.ToUpperInvariant(), StringComparison.Ordinal) && ChainHooks.Named(name) is { } hook
            && hook is not (ChainHook.Ingress or ChainHook.Egress))
            chain.Hook = hook;
        chain.IsNat = table.Name == NatTable;
        chain.Priority = Priorities.GetValueOrDefault(table.Name);
        return chain;
    }

    /// <summary>Sets what happens at a chain's end.</summary>
    public void SetDefault(ChainDraft chain, int line, string word)
    {
        chain.Line = line;
        chain.Default = word.ToUpperInvariant() switch
        {
            "ACCEPT" => PolicyAction.Permit,
            "DROP" => PolicyAction.Drop,
            _ => null,
        };
        if (chain.Default is null)
            _draft.NotEvaluable(line, $"unknown policy '{ConfigurationText.Shown(word)}'");
        else
            _draft.Understood(line);
    }

    /// <summary>Adds a rule of which nothing but its chain is known.</summary>
    public void AppendUnknown(TableDraft table, string chain, int line, string reason)
    {
        var rule = new RuleDraft(ruleset.Budget) { Line = line, Text = _draft.Shown(line) };
        rule.Unknown(reason);
        ruleset.Append(Chain(table, chain, line), rule);
    }

    private void AddRule(int line, IptablesLine command, ChainDraft chain, int? position, int start)
    {
        var rule = new RuleDraft(ruleset.Budget) { Line = line, Text = _draft.Shown(line), Hits = command.Packets };
        var reader = new IptablesRule(command.Words, rule, chain.Table);
        reader.Read(start);
        if (reader.Target is { } target && chain.Table.Find(target) is null)
            Note(target, reader, rule, chain);
        if (position is { } before)
            ruleset.Insert(chain, before - 1, rule);
        else
            ruleset.Append(chain, rule);
    }

    private void Note(string target, IptablesRule reader, RuleDraft rule, ChainDraft chain)
    {
        if (IptablesTranslation.Of(target, reader.TargetOptions, rule, _draft) is { } translation)
        {
            ruleset.Translations.Add(translation);
            if (!chain.IsNat)
                rule.Unknown("translates outside the table nat");
        }

        if (target == "NOTRACK" || (target == "CT" && reader.TargetOptions.ContainsKey("--notrack")))
            ruleset.Untracked.Add(rule);
    }

    private void Hide(TableDraft table, string? name, int line, string reason)
    {
        _draft.NotEvaluable(line, reason);
        foreach (var chain in table.Chains)
        {
            if (name is null || table.Find(name) == chain)
                chain.Hide(reason);
        }
    }

    private static void Flush(TableDraft table, string? name)
    {
        foreach (var chain in table.Chains)
        {
            if (name is null || table.Find(name) == chain)
                chain.Rules.Clear();
        }
    }

    private static void RemoveChains(TableDraft table, string? name)
    {
        if (name is not null)
        {
            table.Remove(name);
            return;
        }

        foreach (var chain in table.Chains.Where(chain => chain.Hook is null).ToList())
            table.Remove(chain.Name);
    }

    private static bool Position(List<string> words, int at, out int? position)
    {
        position = 1;
        if (at >= words.Count || !int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture,
            out var number))
            return false;
        position = Math.Max(1, number);
        return true;
    }
}
