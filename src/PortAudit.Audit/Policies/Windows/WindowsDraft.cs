using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>Gathers the rules and profiles of one file and makes the policy: one list inbound, one outbound, in which
/// rules that block come before rules that allow, whatever their order (Microsoft Learn, "Windows Firewall rules":
/// precedence).</summary>
/// <param name="text">The file.</param>
/// <param name="format">Name of the format.</param>
internal sealed class WindowsDraft(ConfigurationText text, string format)
{
    /// <summary>Parts of a file that were not read and stand as open rules; one is enough to leave a verdict
    /// open.</summary>
    private const int MaxGaps = 16;

    /// <summary>Reasons of one line that are written out: a file may have all its rules on one line.</summary>
    private const int MaxReasons = 3;

    private readonly List<WindowsRecord> _records = [];
    private readonly List<(int Line, string Reason)> _gaps = [];
    private readonly SortedDictionary<int, List<(WindowsRecord? Record, string Reason)>> _reasons = [];
    private readonly Dictionary<NetworkProfiles, ProfileSettings> _profiles =
        WindowsRules.Each.ToDictionary(profile => profile, _ => new ProfileSettings());

    private bool _hasDeleted;

    /// <summary>The notes on lines.</summary>
    public PolicyDraft Notes { get; } = new(text);

    /// <summary>The file.</summary>
    public ConfigurationText Text => text;

    /// <summary>The rules so far.</summary>
    public IReadOnlyList<WindowsRecord> Records => _records;

    /// <summary>Settings of a single profile, to be changed.</summary>
    public ProfileSettings Profile(NetworkProfiles profile) => _profiles[profile];

    /// <summary>Adds a rule, and notes its lines as understood unless said otherwise.</summary>
    public void Add(WindowsRecord record)
    {
        _records.Add(record);
        Understood(record);
    }

    /// <summary>Takes rules away again.</summary>
    public void Remove(Predicate<WindowsRecord> which)
    {
        _records.RemoveAll(which);
        _hasDeleted = true;
    }

    /// <summary>Notes the lines of a record as understood unless said otherwise.</summary>
    public void Understood(WindowsRecord record)
    {
        for (var line = record.First; line <= record.Last && line <= text.Lines.Length; line++)
        {
            if (string.IsNullOrWhiteSpace(text.Lines[line - 1]))
                Notes.Blank(line);
            else
                Notes.Understood(line);
        }
    }

    /// <summary>Notes that a line is not understood, without consequence for what passes.</summary>
    public void Problem(int line, string reason, WindowsRecord? record = null)
    {
        if (!_reasons.TryGetValue(line, out var known))
            _reasons[line] = known = [];
        if (known.Count <= MaxReasons && !known.Contains((record, reason)))
            known.Add((record, reason));
    }

    /// <summary>Notes that rules may be missing from here on: verdicts that no known rule decides stay open.</summary>
    public void Gap(int line, string reason)
    {
        Problem(line, reason);
        if (_gaps.Count < MaxGaps)
            _gaps.Add((line, reason));
    }

    /// <summary>Takes over the settings of a profile from the properties of MSFT_NetFirewallProfile. Those that are not
    /// stated or not configured stay as they are.</summary>
    public void AddProfile(WindowsRecord record)
    {
        Understood(record);
        var names = record.Values(WindowsField.Name).Count > 0 ? WindowsField.Name : WindowsField.Profile;
        if (WindowsWords.Profiles(record.Items(names)) is not { } which)
        {
            Gap(record.First, "settings of an unknown profile");
            return;
        }

        var off = record.Of(WindowsField.DisabledInterfaces);
        if (off.Length > 0 && WindowsWords.Fold(off) != "notconfigured")
            Gap(record.LineOf(WindowsField.DisabledInterfaces), "the firewall is off on some interfaces");
        foreach (var profile in WindowsRules.Each.Where(profile => which.HasFlag(profile)))
        {
            var settings = _profiles[profile];
            settings.Line = record.First;
            settings.IsOn = Setting(record, WindowsField.Enabled, settings.IsOn);
            settings.UsesInboundRules = Setting(record, WindowsField.AllowInboundRules, settings.UsesInboundRules);
            settings.UsesLocalRules = Setting(record, WindowsField.AllowLocalRules, settings.UsesLocalRules);
            settings.AllowsInbound = Action(record, WindowsField.DefaultInbound, settings.AllowsInbound);
            settings.AllowsOutbound = Action(record, WindowsField.DefaultOutbound, settings.AllowsOutbound);
        }
    }

    /// <summary>The policy.</summary>
    public Policy Build()
    {
        if (_records.Count == 0 && WindowsRules.Each.Any(profile => _profiles[profile].Line > 0) && !_hasDeleted)
            Gap(1, "the file has settings of profiles, but no rules");
        var rules = new WindowsRules(text, _profiles,
            (record, line, reason) => Problem(line, reason, record));
        var (inbound, outbound) = (new RuleList("inbound"), new RuleList("outbound"));
        foreach (var record in _records)
        {
            foreach (var (isInbound, rule) in rules.Make(record))
                (isInbound ? inbound : outbound).Add(rule);
        }

        foreach (var (line, reason) in _gaps)
        {
            inbound.AddGap(Notes.Line(line), reason);
            outbound.AddGap(Notes.Line(line), reason);
        }

        foreach (var (line, reasons) in _reasons)
            Notes.NotEvaluable(line, Words(reasons));
        return new Policy
        {
            Name = Path.GetFileNameWithoutExtension(text.Path) is { Length: > 0 } name
                ? ConfigurationText.Shown(name) : "Windows",
            Format = format,
            Files = [new PolicyFile(text.Path, text.Sha256)],
            Lists =
            [
                inbound.Build(PolicyHook.Input, WindowsDefaults.Of(text.Path, _profiles, true)),
                outbound.Build(PolicyHook.Output, WindowsDefaults.Of(text.Path, _profiles, false)),
            ],
            NotEvaluable = Notes.NotEvaluableLines(),
            Lines = Notes.Counts(),
        };
    }

    private static string Words(List<(WindowsRecord? Record, string Reason)> reasons)
    {
        var isOne = reasons.All(entry => ReferenceEquals(entry.Record, reasons[0].Record));
        var shown = reasons.Take(MaxReasons).Select(entry => isOne || entry.Record is not { } record
            ? entry.Reason : $"'{WindowsRules.NameOf(record)}': {entry.Reason}");
        return string.Join("; ", shown) + (reasons.Count > MaxReasons ? "; and more" : "");
    }

    /// <summary>A setting whose numbers are 0, 1 and 2: false, true, not configured (NetSecurity's
    /// GpoBoolean).</summary>
    private bool Setting(WindowsRecord record, WindowsField field, bool otherwise)
    {
        var value = record.Of(field).Trim();
        if (value.Length == 0 || value == "2" || WindowsWords.Fold(value) == "notconfigured")
            return otherwise;
        if ((value switch { "0" => false, "1" => true, _ => WindowsWords.YesOrNo(value) }) is { } known)
            return known;
        Gap(record.LineOf(field), $"unknown setting '{ConfigurationText.Shown(value)}'");
        return otherwise;
    }

    private bool Action(WindowsRecord record, WindowsField field, bool otherwise)
    {
        var value = record.Of(field).Trim();
        if (value.Length == 0 || value == "0" || WindowsWords.Fold(value) == "notconfigured")
            return otherwise;
        if (WindowsWords.Action(value) is { } action)
            return action != WindowsAction.Block;
        Gap(record.LineOf(field), $"unknown action '{ConfigurationText.Shown(value)}'");
        return otherwise;
    }

    /// <summary>A list that grows, with names that are unique in it.</summary>
    private sealed class RuleList(string name)
    {
        private readonly ImmutableArray<PolicyRule>.Builder _rules = ImmutableArray.CreateBuilder<PolicyRule>();
        private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

        public void Add(PolicyRule rule)
        {
            var unique = rule.Name;
            while (!_names.TryAdd(unique, 1))
                unique = $"{rule.Name} #{++_names[rule.Name]}";
            _rules.Add(rule with { Name = unique });
        }

        public void AddGap(PolicyLine line, string reason)
        {
            foreach (var action in new[] { PolicyAction.Permit, PolicyAction.Drop })
            {
                Add(new PolicyRule
                {
                    Name = $"(not read, line {line.Line})",
                    Line = line,
                    Text = reason,
                    Action = action,
                    Conditions = [new PolicyCondition(ConditionKind.Other, reason)],
                });
            }
        }

        public PolicyList Build(PolicyHook hook, IEnumerable<PolicyRule> defaults)
        {
            foreach (var rule in defaults)
                Add(rule);
            return new PolicyList
            {
                Name = name,
                Order = PolicyOrder.BlockFirst,
                Bindings = [new PolicyBinding(hook, ZoneMatch.Any, ZoneMatch.Any)],
                Rules = _rules.ToImmutable(),
            };
        }
    }
}
