using System.Text;
using System.Text.Json;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>
/// JSON of PowerShell. Windows has no one command that writes rules with their filters, so this is the form that is
/// read: an array of objects, or objects one after another, each with the properties of a rule and of its filters, and
/// objects of the profiles beside them or in the same array. Numbers or words stand for enumerations, single values or
/// arrays for lists; filters may also be nested objects (<c>AddressFilter</c>, <c>PortFilter</c>, …).
/// <code>
/// $f = 'RemoteAddress','LocalAddress','Protocol','LocalPort','RemotePort','IcmpType','Program','Package','Service',
///   'InterfaceType','InterfaceAlias','Authentication','Encryption','OverrideBlockRules','LocalUser','RemoteUser',
///   'RemoteMachine'
/// $(Get-NetFirewallProfile -PolicyStore ActiveStore | Select-Object Name, Enabled, DefaultInboundAction,
///     DefaultOutboundAction, AllowInboundRules, AllowLocalFirewallRules, DisabledInterfaceAliases
///   Get-NetFirewallRule -PolicyStore ActiveStore | ForEach-Object { $r = $_
///     $o = [ordered]@{}
///     foreach ($p in 'Name','DisplayName','Group','Description','Enabled','Profile','Direction','Action',
///       'EdgeTraversalPolicy','PolicyStoreSource','PolicyStoreSourceType','Owner') { $o[$p] = $r.$p }
///     foreach ($x in ($r | Get-NetFirewallAddressFilter), ($r | Get-NetFirewallPortFilter),
///       ($r | Get-NetFirewallApplicationFilter), ($r | Get-NetFirewallServiceFilter),
///       ($r | Get-NetFirewallInterfaceTypeFilter), ($r | Get-NetFirewallInterfaceFilter),
///       ($r | Get-NetFirewallSecurityFilter)) { foreach ($p in $f) { if ($x.PSObject.Properties[$p]) { $o[$p] = $x.$p
/// } } }     [pscustomobject]$o }) | ConvertTo-Json | Set-Content rules.json
/// </code>
/// </summary>
internal sealed class WindowsJson
{
    /// <summary>Name of the format.</summary>
    public const string Format = "windows-json";

    /// <summary>Times that reading goes on behind broken JSON: at the next line that begins an object, and behind each
    /// comma of an array whose beginning was lost.</summary>
    private const int MaxResumptions = 100_000;

    private readonly WindowsDraft _draft;
    private readonly byte[] _bytes;
    private int _broken;
    private int _counted;
    private int _line = 1;

    private WindowsJson(ConfigurationText text)
    {
        _draft = new WindowsDraft(text, Format);
        _bytes = Encoding.UTF8.GetBytes(text.Text);
    }

    /// <summary>Whether a file is JSON with rules or profiles.</summary>
    public static bool Recognises(ConfigurationText text)
    {
        var start = text.Text.AsSpan().TrimStart();
        return start is ['[' or '{', ..]
            && (Has("\"Direction\"") && Has("\"Action\"") || Has("\"DefaultInboundAction\""))
            && (Has("\"DisplayName\"") || Has("\"Profile\"") || Has("\"Profiles\"") || Has("\"DefaultInboundAction\""));

        bool Has(string word) => text.Text.Contains(word, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a file.</summary>
    public static Policy Read(ConfigurationText text) => new WindowsJson(text).Read();

    private Policy Read()
    {
        var start = 0;
        for (var attempt = 0; start < _bytes.Length; attempt++)
        {
            if (ReadFrom(start))
                break;
            start = attempt < MaxResumptions ? Resume() : _bytes.Length;
        }

        NoteBrackets();
        return _draft.Build();
    }

    /// <summary>Reads values up to the end; false when the JSON breaks.</summary>
    private bool ReadFrom(int start)
    {
        var reader = new Utf8JsonReader(_bytes.AsSpan(start), new JsonReaderOptions
        {
            AllowMultipleValues = true,
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        });
        var walk = new JsonRecords(this, start);
        try
        {
            while (reader.Read())
                walk.TakeValue(ref reader);
            return true;
        }
        catch (JsonException)
        {
            _broken = start + (int)reader.BytesConsumed;
            while (_broken < _bytes.Length && _bytes[_broken] is (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t')
                _broken++;
            if (start == 0 || reader.CurrentDepth > 0 || !IsSeparator(_broken))
                _draft.Gap(LineAt(_broken), "the JSON is broken or ends here; rules may be missing");
            return false;
        }
    }

    /// <summary>The line of a byte; bytes are asked for in rising order.</summary>
    internal int LineAt(long position)
    {
        var end = (int)Math.Min(position, _bytes.Length);
        if (end > _counted)
        {
            _line += _bytes.AsSpan(_counted, end - _counted).Count((byte)'\n');
            _counted = end;
        }

        return Math.Clamp(_line, 1, Math.Max(1, _draft.Text.Lines.Length));
    }

    /// <summary>Takes an object that was read: a rule, a profile, or something else.</summary>
    internal void Take(WindowsRecord record)
    {
        if (record.Has(WindowsField.DefaultInbound) || record.Has(WindowsField.DefaultOutbound)
            || record.Has(WindowsField.AllowLocalRules))
        {
            _draft.AddProfile(record);
            return;
        }

        if (!record.Has(WindowsField.Direction) && !record.Has(WindowsField.Action)
            && !WindowsFields.Narrowing.Skip(2).Any(record.Has))
        {
            for (var line = record.First; line <= record.Last; line++)
                _draft.Notes.Other(line);
            return;
        }

        record.NotStated = NotStated(record);
        _draft.Add(record);
    }

    /// <summary>Properties that an export has to have. Empty ones that Windows never leaves empty come from a filter
    /// that was not joined.</summary>
    internal static IReadOnlyList<WindowsField> NotStated(WindowsRecord record) =>
    [
        .. WindowsFields.Narrowing.Where(field => !record.Has(field) || record.Of(field).Length == 0
            && field is WindowsField.Protocol or WindowsField.LocalAddress or WindowsField.RemoteAddress
                or WindowsField.Program),
    ];

    private bool IsSeparator(int position) =>
        position < _bytes.Length && _bytes[position] is (byte)',' or (byte)']' or (byte)'}';

    /// <summary>Where to go on: behind a separator, or at the next line that begins an object.</summary>
    private int Resume()
    {
        if (IsSeparator(_broken))
            return _broken + 1;
        var end = _broken;
        while (_bytes.AsSpan(Math.Min(end, _bytes.Length)).IndexOf((byte)'\n') is var step and >= 0)
        {
            end += step + 1;
            var text = _bytes.AsSpan(end).TrimStart(" \t"u8);
            if (text is [(byte)'{', ..])
                return _bytes.Length - text.Length;
        }

        return _bytes.Length;
    }

    /// <summary>Lines of brackets say nothing by themselves; other lines that no rule has are not about
    /// rules.</summary>
    private void NoteBrackets()
    {
        for (var line = 1; line <= _draft.Text.Lines.Length; line++)
        {
            if (_draft.Text.Lines[line - 1].AsSpan().Trim().Trim("[]{},").IsEmpty)
                _draft.Notes.Blank(line);
        }
    }
}
