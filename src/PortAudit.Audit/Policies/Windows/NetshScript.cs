using System.Text;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>Scripts of <c>netsh advfirewall</c> commands that set up a firewall: <c>firewall add rule</c> with its
/// documented defaults (any protocol, address, port and profile; enabled), <c>firewall delete rule name=…</c>,
/// <c>set allprofiles state</c> and <c>firewallpolicy</c>. Commands about anything else are not policy.</summary>
internal sealed class NetshScript
{
    /// <summary>Name of the format.</summary>
    public const string Format = "windows-netsh-script";

    /// <summary>Lines that a caret joins into one command.</summary>
    private const int MaxJoined = 64;

    /// <summary>Lines in which the first command is looked for.</summary>
    private const int MaxPreamble = 2000;

    private const string Command = "netsh advfirewall ";

    /// <summary>"service=any" is services only; without it, a rule is for any program.</summary>
    private const string AnyService = "*";

    private const string NotFollowed = "a command that may change the firewall and is not followed";

    /// <summary>Other ways to change the firewall: the command of Windows XP, registry keys, PowerShell.</summary>
    private static readonly string[] OtherWays =
        ["netsh firewall ", @"\WindowsFirewall", @"\FirewallPolicy", "-NetFirewall"];

    private readonly WindowsDraft _draft;

    private NetshScript(ConfigurationText text) => _draft = new WindowsDraft(text, Format);

    /// <summary>Whether a line of the file's beginning is such a command.</summary>
    public static bool Recognises(ConfigurationText text) => text.Lines.Take(MaxPreamble).Any(line =>
        Start(line) is 0 && (line.Contains("add rule", StringComparison.OrdinalIgnoreCase)
            || line.Contains(" set ", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Reads a file.</summary>
    public static Policy Read(ConfigurationText text)
    {
        var script = new NetshScript(text);
        for (var line = 1; line <= text.Lines.Length;)
            line = script.Take(line);
        return script._draft.Build();
    }

    /// <summary>Where the command begins in a line, behind blanks; null without one.</summary>
    private static int? Start(string line)
    {
        var text = line[..Math.Min(line.Length, ConfigurationText.MaxLineLength)].TrimStart();
        var at = text.IndexOf(Command, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            at = text.IndexOf("netsh.exe advfirewall ", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : at;
    }

    private int Take(int first)
    {
        var line = _draft.Text.Lines[first - 1];
        var text = line.TrimStart();
        if (text.Length == 0 || text[0] is ':' or '#' or '@' || WindowsWords.Fold(text.Split(' ', 2)[0]) == "rem")
        {
            _draft.Notes.Blank(first);
            return first + 1;
        }

        if (Start(line) is not { } start)
        {
            if (OtherWays.Any(way => text.Contains(way, StringComparison.OrdinalIgnoreCase))
                && !text.Contains("firewall show", StringComparison.OrdinalIgnoreCase))
                _draft.Gap(first, NotFollowed);
            else
                _draft.Notes.Other(first);
            return first + 1;
        }

        var (command, last) = Join(first, text[start..]);
        if (line.Length > ConfigurationText.MaxLineLength)
            _draft.Gap(first, $"longer than {ConfigurationText.MaxLineLength} characters");
        else if (start > 0)
            _draft.Gap(first, "inside another command; how often it runs and with what is not known");
        else
            Run(new WindowsRecord(first) { Last = last, Text = command }, NetshWords.Of(command));
        return last + 1;
    }

    private (string Command, int Last) Join(int line, string text)
    {
        var joined = new StringBuilder(text);
        for (var count = 0; count < MaxJoined; count++)
        {
            if (joined.Length == 0 || joined[^1] != '^' || line >= _draft.Text.Lines.Length)
                break;
            var next = _draft.Text.Lines[line++];
            joined.Length--;
            joined.Append(' ').Append(next.AsSpan(0, Math.Min(next.Length, ConfigurationText.MaxLineLength)));
        }

        return (joined.ToString(), line);
    }

    private void Run(WindowsRecord record, IReadOnlyList<string> words)
    {
        var verbs = words.Skip(2).TakeWhile(word => !word.Contains('=', StringComparison.Ordinal)).Take(4)
            .Select(WindowsWords.Fold).ToList();
        switch (verbs)
        {
            case ["firewall", "add", "rule", ..]:
                AddRule(record, words);
                break;
            case ["firewall", "delete", "rule", ..]:
                DeleteRule(record, words);
                break;
            case ["set", var profile, "state", var state]:
                Set(record, profile, settings => NetshLabels.IsOn(state) is { } isOn && (settings.IsOn = isOn) == isOn);
                break;
            case ["set", var profile, "firewallpolicy", ..]:
                var policy = string.Concat(words.Skip(5));
                Set(record, profile, settings => NetshDefaults.Apply(settings, policy));
                break;
            case ["set", _, "logging", ..] or ["firewall", "show", ..] or ["show", ..] or ["export", ..]:
                for (var line = record.First; line <= record.Last; line++)
                    _draft.Notes.Other(line);
                break;
            default:
                _draft.Gap(record.First, NotFollowed);
                break;
        }
    }

    private void AddRule(WindowsRecord record, IReadOnlyList<string> words)
    {
        foreach (var word in words.Skip(5))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var value = word[(equals + 1)..];
            if (equals > 0 && NetshWords.Field(word[..equals]) is { } field)
                record.Add(field, [field == WindowsField.Service && WindowsWords.IsAny(value) ? AnyService : value],
                    record.First);
            else
                record.Problem(record.First, $"unknown parameter '{ConfigurationText.Shown(word)}'");
        }

        record.Add(WindowsField.SourceType, ["Local"], record.First);
        _draft.Add(record);
    }

    private void DeleteRule(WindowsRecord record, IReadOnlyList<string> words)
    {
        if (words.Skip(5).ToList() is not [var only] || !only.StartsWith("name=", StringComparison.OrdinalIgnoreCase))
        {
            _draft.Gap(record.First, NotFollowed);
            return;
        }

        _draft.Understood(record);
        var name = only["name=".Length..];
        _draft.Remove(rule => WindowsWords.Fold(name) == "all"
            || string.Equals(rule.Of(WindowsField.DisplayName), name, StringComparison.OrdinalIgnoreCase));
    }

    private void Set(WindowsRecord record, string profile, Func<ProfileSettings, bool> apply)
    {
        NetworkProfiles? which = profile switch
        {
            "allprofiles" => NetworkProfiles.All,
            "domainprofile" => NetworkProfiles.Domain,
            "privateprofile" => NetworkProfiles.Private,
            "publicprofile" => NetworkProfiles.Public,
            _ => null,
        };
        _draft.Understood(record);
        foreach (var one in WindowsRules.Each.Where(one => which is { } known && known.HasFlag(one)))
        {
            var settings = _draft.Profile(one);
            settings.Line = record.First;
            if (!apply(settings))
                which = null;
        }

        if (which is null)
            _draft.Gap(record.First, "settings of a profile that is not known, or unknown settings");
    }
}
