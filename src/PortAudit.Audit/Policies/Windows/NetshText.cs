using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>
/// What netsh shows: <c>netsh advfirewall firewall show rule name=all verbose</c>, and
/// <c>netsh advfirewall show allprofiles</c> before or behind it in the same file. A rule is a label with its name, a
/// line of dashes, and one label with a value a line. Without <c>verbose</c> it leaves out program, service, interface
/// types and security, so that every such rule may be narrower than it looks.
/// </summary>
internal sealed class NetshText
{
    /// <summary>Name of the format.</summary>
    public const string Format = "windows-netsh";

    /// <summary>Dashes of the line below a rule's name: netsh writes 70.</summary>
    private const int MinDashes = 40;

    /// <summary>Lines in which the first rule is looked for.</summary>
    private const int MaxPreamble = 2000;

    /// <summary>Labels of a rule in a language that is not known that are looked at.</summary>
    private const int MinLabels = 6;

    private static readonly WindowsField[] Always =
    [
        WindowsField.Enabled, WindowsField.Profile, WindowsField.Protocol, WindowsField.LocalAddress,
        WindowsField.RemoteAddress,
    ];

    private static readonly WindowsField[] Ports = [WindowsField.LocalPort, WindowsField.RemotePort];

    private static readonly WindowsField[] OnlyVerbose =
        [WindowsField.Program, WindowsField.Service, WindowsField.InterfaceType, WindowsField.Security];

    private readonly WindowsDraft _draft;
    private WindowsRecord? _rule;
    private ProfileSettings? _profile;
    private WindowsField? _last;

    private NetshText(ConfigurationText text) => _draft = new WindowsDraft(text, Format);

    /// <summary>Whether a file is what netsh shows, be it in a language that is not known.</summary>
    public static bool Recognises(ConfigurationText text)
    {
        for (var line = 2; line <= Math.Min(text.Lines.Length, MaxPreamble); line++)
        {
            if (!IsDashes(text.Lines[line - 1]))
                continue;
            var heading = text.Lines[line - 2];
            if (NetshLabels.Of(Split(heading).Label) == WindowsField.DisplayName
                || heading.TrimEnd().EndsWith(':') && NetshLabels.Heading(heading) is not null
                || IsUnknownLanguage(text, line))
                return true;
        }

        return false;
    }

    /// <summary>Reads a file.</summary>
    public static Policy Read(ConfigurationText text)
    {
        var netsh = new NetshText(text);
        for (var line = 1; line <= text.Lines.Length; line++)
            netsh.Take(line);
        netsh.EndRule();
        return netsh._draft.Build();
    }

    private static bool IsDashes(string line)
    {
        var text = line.AsSpan().Trim();
        return text.Length >= MinDashes && text.Trim('-').IsEmpty;
    }

    /// <summary>A label with a name, dashes, and a block of labels one of which is a protocol: a rule whatever the
    /// language.</summary>
    private static bool IsUnknownLanguage(ConfigurationText text, int dashes)
    {
        if (Split(text.Lines[dashes - 2]).Value.Length == 0 || dashes + MinLabels > text.Lines.Length)
            return false;
        var block = text.Lines.Skip(dashes).Take(2 * MinLabels).TakeWhile(line => line.Length > 0).Select(Split)
            .ToList();
        return block.Count(entry => entry.HasLabel) >= MinLabels
            && block.Any(entry => entry.Value is "TCP" or "UDP" or "ICMPv4" or "ICMPv6");
    }

    private static (string Label, string Value, bool HasLabel) Split(string line)
    {
        if (line.Length > ConfigurationText.MaxLineLength)
            line = line[..ConfigurationText.MaxLineLength];
        // Chinese and Japanese Windows write a colon of full width.
        var colon = line.AsSpan().IndexOfAny(':', '：');
        return colon <= 0 || char.IsWhiteSpace(line[0]) && line.AsSpan(0, colon).Trim().IsEmpty
            ? ("", line.Trim(), false) : (line[..colon].Trim(), line[(colon + 1)..].Trim(), true);
    }

    private void Take(int line)
    {
        var text = _draft.Text.Lines[line - 1];
        var isRule = line < _draft.Text.Lines.Length && IsDashes(_draft.Text.Lines[line]);
        if (string.IsNullOrWhiteSpace(text))
            _draft.Notes.Blank(line);
        else if (IsDashes(text))
            _draft.Notes.Blank(line);
        else if (text.Length > ConfigurationText.MaxLineLength && _rule is null)
            _draft.Gap(line, $"longer than {ConfigurationText.MaxLineLength} characters");
        else if (isRule)
            Begin(line, text);
        else if (_rule is not null)
            TakeRuleLine(_rule, line, text);
        else if (_profile is not null)
            TakeProfileLine(_profile, line, text);
        else
            _draft.Notes.Other(line);
    }

    private void Begin(int line, string text)
    {
        EndRule();
        _profile = null;
        var (label, value, hasLabel) = Split(text);
        if (hasLabel && NetshLabels.Of(label) == WindowsField.DisplayName)
        {
            _rule = new WindowsRecord(line);
            _rule.Add(WindowsField.DisplayName, [value], line);
        }
        else if (value.Length == 0 && NetshLabels.Heading(text) is { } profile)
        {
            _profile = _draft.Profile(profile);
            _profile.Line = line;
            _draft.Notes.Understood(line);
        }
        else if (hasLabel && value.Length > 0)
        {
            _draft.Gap(line, $"the labels are in an unknown language; known are {NetshLabels.Languages}");
        }
        else
        {
            _draft.Notes.Other(line);
        }
    }

    private void TakeRuleLine(WindowsRecord rule, int line, string text)
    {
        rule.Last = line;
        var (label, value, hasLabel) = Split(text);
        if (text.Length > ConfigurationText.MaxLineLength)
        {
            rule.Problem(line, $"longer than {ConfigurationText.MaxLineLength} characters");
            value = value[..Math.Max(0, value.LastIndexOf(','))]; // the last of the list may be cut
        }

        if (hasLabel && NetshLabels.Of(label) is { } field)
        {
            _last = field;
            rule.Add(field, [value], line);
        }
        else if (char.IsWhiteSpace(text[0]) && _last == WindowsField.Protocol)
            TakeMessage(rule, text, line);
        else if (!hasLabel && IsEnd(text))
        {
            rule.Last = line - 1;
            _draft.Notes.Blank(line);
            EndRule();
        }
        else
            rule.Problem(line, hasLabel ? $"unknown label '{ConfigurationText.Shown(label)}'" : "not recognised");
    }

    /// <summary>A line of the table of ICMP messages, which follows the protocol: type and code.</summary>
    private static void TakeMessage(WindowsRecord rule, string text, int line)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!rule.Has(WindowsField.IcmpType))
        {
            rule.Add(WindowsField.IcmpType, [], line); // the heading: Type, Code
            return;
        }

        if (words.Length == 2)
            rule.Append(WindowsField.IcmpType, $"{words[0]}:{words[1]}");
        else
            rule.Problem(line, "not recognised");
    }

    private void TakeProfileLine(ProfileSettings profile, int line, string text)
    {
        var parts = text.Split("  ", 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var (label, value) = parts is [var first, var second] ? (first, second) : (text, "");
        if (NetshLabels.IsState(label))
        {
            _draft.Notes.Understood(line);
            if (NetshLabels.IsOn(value) is { } isOn)
                profile.IsOn = isOn;
            else
                _draft.Gap(line, $"unknown state '{ConfigurationText.Shown(value)}'");
        }
        else if (NetshLabels.IsDefaults(label))
        {
            _draft.Notes.Understood(line);
            if (!NetshDefaults.Apply(profile, value))
                _draft.Gap(line, $"unknown default actions '{ConfigurationText.Shown(value)}'");
        }
        else if (WindowsWords.Fold(label) == "localfirewallrules")
        {
            // "N/A (GPO-store only)": only a store of group policy states it. Merged is the default.
            _draft.Notes.Understood(line);
            profile.UsesLocalRules = WindowsWords.Fold(value) is not ("disable" or "deaktivieren" or "dsactiver"
                or "deshabilitar");
        }
        else
        {
            _draft.Notes.Other(line);
        }
    }

    /// <summary>netsh ends with "Ok." in its language.</summary>
    private static bool IsEnd(string text) => WindowsWords.Fold(text) is "ok" or "aceptar" or "correcto";

    private void EndRule()
    {
        if (_rule is not { } rule)
            return;
        if (!rule.Has(WindowsField.Action))
            _draft.Gap(rule.First, "the rule is cut off; rules may be missing");
        var isVerbose = rule.Has(WindowsField.InterfaceType) || rule.Has(WindowsField.Security);
        var hasPorts = rule.Of(WindowsField.Protocol) is "TCP" or "UDP";
        rule.NotStated =
        [
            .. Always.Where(field => rule.Of(field).Length == 0),
            .. Ports.Where(field => hasPorts && rule.Of(field).Length == 0),
            .. isVerbose ? [] : OnlyVerbose,
        ];
        _draft.Add(rule);
        (_rule, _last) = (null, null);
    }
}
