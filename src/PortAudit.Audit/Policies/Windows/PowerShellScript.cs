using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>Scripts of PowerShell that set up a firewall: <c>New-NetFirewallRule</c> with its documented defaults
/// (inbound, allowed, enabled, any address, protocol, port and profile) and <c>Set-NetFirewallProfile</c>. The script
/// is not run: values of variables are not known, and what stands in a block may or may not be executed.</summary>
internal sealed class PowerShellScript
{
    /// <summary>Name of the format.</summary>
    public const string Format = "windows-powershell";

    /// <summary>Lines that backticks, commas or brackets join into one command.</summary>
    private const int MaxJoined = 64;

    /// <summary>Lines in which the first command is looked for.</summary>
    private const int MaxPreamble = 2000;

    private const string NewRule = "New-NetFirewallRule";
    private const string SetProfile = "Set-NetFirewallProfile";

    /// <summary>Parameters that do not say what the rule matches.</summary>
    private static readonly string[] Silent =
    [
        "erroraction", "ea", "verbose", "cimsession", "confirm", "throttlelimit", "warningaction", "all",
        "allowlocalipsecrules", "allowunicastresponsetomulticast", "notifyonlisten", "enablestealthmodeforipsec",
        "logallowed", "logblocked", "logfilename", "logignored", "logmaxsizekilobytes",
    ];

    private readonly WindowsDraft _draft;
    private int _depth;
    private bool _isComment;

    private PowerShellScript(ConfigurationText text) => _draft = new WindowsDraft(text, Format);

    /// <summary>Whether a line of the file's beginning is such a command.</summary>
    public static bool Recognises(ConfigurationText text) => text.Lines.Take(MaxPreamble).Any(line =>
        Is(line.AsSpan().TrimStart(), NewRule) || Is(line.AsSpan().TrimStart(), SetProfile));

    /// <summary>Reads a file.</summary>
    public static Policy Read(ConfigurationText text)
    {
        var script = new PowerShellScript(text);
        for (var line = 1; line <= text.Lines.Length;)
            line = script.Take(line);
        return script._draft.Build();
    }

    private static bool Is(ReadOnlySpan<char> text, string command) =>
        text.StartsWith(command, StringComparison.OrdinalIgnoreCase)
        && (text.Length == command.Length || char.IsWhiteSpace(text[command.Length]) || text[command.Length] == '`');

    /// <summary>Takes a command and returns the line behind it.</summary>
    private int Take(int line)
    {
        var text = _draft.Text.Lines[line - 1].TrimStart();
        if (text.Length > ConfigurationText.MaxLineLength)
        {
            _draft.Gap(line, $"longer than {ConfigurationText.MaxLineLength} characters");
            return line + 1;
        }

        if (_isComment || text.StartsWith("<#", StringComparison.Ordinal) || text is "" or ['#', ..])
        {
            _isComment = (_isComment || text.StartsWith("<#", StringComparison.Ordinal))
                && !text.Contains("#>", StringComparison.Ordinal);
            _draft.Notes.Blank(line);
            return line + 1;
        }

        if (Is(text, NewRule) || Is(text, SetProfile))
            return Run(line, Is(text, NewRule));
        _depth = Math.Max(0, _depth + text.Count(letter => letter == '{') - text.Count(letter => letter == '}'));
        if (text.Contains("NetFirewall", StringComparison.OrdinalIgnoreCase)
            && !text.Contains("Get-NetFirewall", StringComparison.OrdinalIgnoreCase)
            || text.Contains("advfirewall", StringComparison.OrdinalIgnoreCase))
            _draft.Gap(line, "a command that may change the firewall and is not followed");
        else
            _draft.Notes.Other(line);
        return line + 1;
    }

    private int Run(int first, bool isRule)
    {
        var words = new PowerShellWords();
        var last = first;
        while (words.Take(_draft.Text.Lines[last - 1]) && last < _draft.Text.Lines.Length && last < first + MaxJoined)
            last++;
        var record = new WindowsRecord(first) { Last = last };
        if (words.IsOpen)
            record.Problem(first, "the command is cut off");
        if (_depth > 0)
            record.Problem(first, "inside a block of the script, which may or may not run");
        TakeParameters(record, words.Words);
        if (isRule)
            AddRule(record);
        else
            AddProfile(record);
        return last + 1;
    }

    private void TakeParameters(WindowsRecord record, IReadOnlyList<string> words)
    {
        for (var index = 1; index < words.Count; index++)
        {
            var word = words[index];
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            var name = word is ['-', ..] ? word[1..(colon < 0 ? word.Length : colon)] : "";
            var isFollowed = colon < 0 && index + 1 < words.Count && words[index + 1] is not ['-', _, ..];
            var value = colon >= 0 ? word[(colon + 1)..] : isFollowed ? words[++index] : "true";
            if (name.Length == 0)
                _draft.Gap(record.First, $"not followed: '{ConfigurationText.Shown(word)}'"); // may set anything
            else if (WindowsFields.Of(name) is { } field)
                record.Add(field, [value is ['$', ..] && WindowsWords.YesOrNo(value) is not null ? value[1..] : value],
                    record.First);
            else if (WindowsWords.Fold(name) is "gposession" or "policystore")
                record.Add(WindowsField.SourceType, [StoreOf(name, value)], record.First);
            else if (!Silent.Contains(WindowsWords.Fold(name)))
                record.Problem(record.First, $"unknown parameter '{ConfigurationText.Shown(name)}'");
        }
    }

    /// <summary>A store of group policy is a session or is named <c>DOMAIN\GPO</c>; others belong to the computer.
    /// </summary>
    private static string StoreOf(string name, string value) =>
        WindowsWords.Fold(name) == "gposession" || value.Contains('\\', StringComparison.Ordinal)
            ? "GroupPolicy" : "Local";

    private void AddRule(WindowsRecord record)
    {
        if (!record.Has(WindowsField.SourceType))
            record.Add(WindowsField.SourceType, ["Local"], record.First);
        if (!record.Has(WindowsField.Direction))
            record.Add(WindowsField.Direction, ["Inbound"], record.First);
        if (!record.Has(WindowsField.Action))
            record.Add(WindowsField.Action, ["Allow"], record.First);
        _draft.Add(record);
    }

    private void AddProfile(WindowsRecord record)
    {
        foreach (var (line, reason) in record.Problems)
            _draft.Gap(line, reason);
        if (!record.Has(WindowsField.Name) && !record.Has(WindowsField.Profile))
            record.Add(WindowsField.Profile, ["Any"], record.First);
        _draft.AddProfile(record);
    }
}
