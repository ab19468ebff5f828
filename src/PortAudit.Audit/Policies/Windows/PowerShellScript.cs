using System.Text;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>Scripts of <c>New-NetFirewallRule</c> commands, one a line, with literal arguments: what
/// <c>--propose windows</c> writes, and what people keep to set up a server (Microsoft Learn, New-NetFirewallRule).
/// Variables and other commands are not followed.</summary>
internal static class PowerShellScript
{
    /// <summary>Name of the format.</summary>
    public const string Format = "windows-powershell";

    /// <summary>Lines in which the first command is looked for.</summary>
    private const int MaxPreamble = 2000;

    private const string Command = "New-NetFirewallRule";

    /// <summary>Whether a line of the file's beginning is such a command.</summary>
    public static bool Recognises(ConfigurationText text) => text.Lines.Take(MaxPreamble).Any(IsCommand);

    /// <summary>Reads a file.</summary>
    public static Policy Read(ConfigurationText text, WindowsHost host)
    {
        var draft = new WindowsDraft(text, Format, host);
        for (var line = 1; line <= text.Lines.Length; line++)
            Take(draft, line, text.Lines[line - 1].Trim());
        return draft.Build();
    }

    private static bool IsCommand(string line) =>
        line.AsSpan().TrimStart().StartsWith(Command, StringComparison.OrdinalIgnoreCase);

    private static void Take(WindowsDraft draft, int line, string text)
    {
        if (text.Length == 0 || text[0] == '#')
            draft.Notes.Blank(line);
        else if (text.Length > ConfigurationText.MaxLineLength)
            draft.Gap(line, $"longer than {ConfigurationText.MaxLineLength} characters");
        else if (!IsCommand(text))
            draft.Gap(line, "a command that may change rules and is not followed");
        else
            AddRule(draft, line, text);
    }

    private static void AddRule(WindowsDraft draft, int line, string text)
    {
        var record = new WindowsRecord(line) { Last = line, Text = text };
        var words = Words(text);
        for (var index = 1; index < words.Count; index++)
        {
            var name = words[index];
            List<string> values = [];
            while (index + 1 < words.Count && !IsParameter(words[index + 1]))
                values.Add(words[++index]);
            if (IsParameter(name) && WindowsFields.Of(name[1..]) is { } field
                && !values.Exists(value => value.StartsWith('$')))
                record.Add(field, [.. values], line);
            else
                record.Problem(line, $"parameter '{ConfigurationText.Shown(name)}' is not followed");
        }

        if (!record.Has(WindowsField.Direction))
            record.Add(WindowsField.Direction, ["Inbound"], line);
        if (!record.Has(WindowsField.Action))
            record.Add(WindowsField.Action, ["Allow"], line);
        draft.Add(record);
    }

    private static bool IsParameter(string word) => word.Length > 1 && word[0] == '-' && char.IsAsciiLetter(word[1]);

    /// <summary>The words of a command, parted by blanks and commas. A word in single quotes holds both, and a quote
    /// written twice (about_Quoting_Rules).</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isQuoted, isOpen) = (false, false);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter is '\'' && isQuoted && at + 1 < text.Length && text[at + 1] == '\'')
                word.Append(text[at++]);
            else if (letter is '\'')
                (isQuoted, isOpen) = (!isQuoted, true);
            else if (!isQuoted && letter is ' ' or '\t' or ',')
                Close();
            else
            {
                word.Append(letter);
                isOpen = true;
            }
        }

        Close();
        return words;

        void Close()
        {
            if (isOpen)
                words.Add(word.ToString());
            word.Clear();
            isOpen = false;
        }
    }
}
