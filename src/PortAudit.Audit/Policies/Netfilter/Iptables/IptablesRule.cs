using System.Globalization;
using System.Text;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Iptables;

/// <summary>Reads what stands behind <c>-A CHAIN</c>: matches, then a target with its options.</summary>
/// <param name="words">The words.</param>
/// <param name="rule">The rule, which is filled.</param>
/// <param name="table">Its table.</param>
internal sealed class IptablesRule(List<string> words, RuleDraft rule, TableDraft table)
{
    private readonly IptablesMatches _matches = new(rule, table.Family == TableFamily.Ipv6);
    private int _next;
    private string? _module;
    private StringBuilder? _condition;

    /// <summary>The target; null without one.</summary>
    public string? Target { get; private set; }

    /// <summary>Options of the target with their values.</summary>
    public Dictionary<string, string> TargetOptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads all words.</summary>
    /// <param name="start">The first one.</param>
    public void Read(int start)
    {
        _next = start;
        while (_next < words.Count)
        {
            var negated = words[_next] == "!";
            if (negated && ++_next == words.Count)
                break;
            ReadOption(words[_next++], negated);
        }

        EndModule();
    }

    private void ReadOption(string word, bool negated)
    {
        var (option, value) = Split(word);
        switch (option)
        {
            case "-m" or "--match":
                EndModule();
                BeginModule(value ?? Take());
                return;
            case "-j" or "--jump" or "-g" or "--goto":
                EndModule();
                Target = value ?? Take();
                IptablesTargets.Apply(rule, Target, table);
                if (option is "-g" or "--goto")
                    rule.Action = PolicyAction.Goto;
                return;
            case "-c" or "--set-counters":
                ReadCounters(value);
                return;
            case "-w" or "--wait" or "-n" or "-v" or "--numeric" or "--verbose":
                return;
        }

        if (IptablesMatches.Reads(option, _condition is null ? null : _module))
        {
            if (option is "-p" or "-s" or "-d" or "-i" or "-o")
                EndModule();
            _matches.Read(option, negated, value is null ? Take : () => value, OldNegation);
        }
        else if (Target is not null)
        {
            TargetOptions.TryAdd(option, value ?? TakeRest());
        }
        else if (_condition is not null)
        {
            _condition.Append(negated ? " ! " : " ").Append(option).Append(' ').Append(value ?? TakeRest());
        }
        else
        {
            rule.Condition(ConditionKind.Other, $"{(negated ? "! " : "")}{option} {value ?? TakeRest()}",
                $"unknown option '{ConfigurationText.Shown(option)}'");
        }
    }

    /// <summary>Older files have the exclamation mark behind the option: <c>-s ! 10.0.0.1</c>.</summary>
    private bool OldNegation()
    {
        if (_next >= words.Count || words[_next] != "!")
            return false;
        _next++;
        return true;
    }

    private void BeginModule(string module)
    {
        _module = module;
        _condition = IptablesModules.Evaluated.Contains(module) ? null : new StringBuilder(module);
    }

    private void EndModule()
    {
        if (_condition is not null && _module is not null
            && !IptablesAddressType.Read(_module, _condition.ToString(), rule))
        {
            var (kind, why) = IptablesModules.Condition(_module);
            // A recent match that only adds to its list always holds (iptables-extensions(8), "recent").
            if (!(_module == "recent" && $"{_condition} ".Contains(" --set ", StringComparison.Ordinal)
                && !_condition.ToString().Contains('!', StringComparison.Ordinal)))
                rule.Condition(kind, _condition.ToString(), why);
        }

        (_module, _condition) = (null, null);
    }

    private void ReadCounters(string? value)
    {
        // iptables -c PACKETS BYTES
        var packets = value ?? Take();
        if (_next < words.Count && long.TryParse(words[_next], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            _next++;
        if (long.TryParse(packets, NumberStyles.None, CultureInfo.InvariantCulture, out var hits))
            rule.Hits = hits;
    }

    private string Take()
    {
        if (_next < words.Count)
            return words[_next++];
        rule.Unknown("ends before a value");
        return "";
    }

    /// <summary>The words up to the next option.</summary>
    private string TakeRest()
    {
        var start = _next;
        while (_next < words.Count && words[_next] != "!" && !IsOption(words[_next]))
            _next++;
        return string.Join(' ', words.Skip(start).Take(_next - start));
    }

    private static bool IsOption(string word) =>
        word.Length > 1 && word[0] == '-' && (word[1] == '-' || char.IsLetter(word[1]));

    private static (string Option, string? Value) Split(string word)
    {
        var at = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=', StringComparison.Ordinal) : -1;
        return at < 0 ? (word, null) : (word[..at], word[(at + 1)..]);
    }
}
