using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>
/// Makes rules of what a file says of one. In an inbound rule the local address and port are the destination, in an
/// outbound one the source ([MS-FASP] 2.2.37 FW_RULE). What is not known stays open: a part without a known meaning
/// becomes an open address or service or a condition, an unknown direction puts the rule into both lists, and an
/// unknown action makes two rules, one that permits and one that drops.
/// </summary>
/// <param name="text">The file.</param>
/// <param name="profiles">Settings of the profiles.</param>
/// <param name="problem">Receives the rule, a line and why a part is not known.</param>
internal sealed class WindowsRules(ConfigurationText text,
    IReadOnlyDictionary<NetworkProfiles, ProfileSettings> profiles, Action<WindowsRecord, int, string> problem)
{
    /// <summary>The profiles, one each.</summary>
    public static ImmutableArray<NetworkProfiles> Each { get; } =
        [NetworkProfiles.Domain, NetworkProfiles.Private, NetworkProfiles.Public];

    private readonly WindowsAddresses _addresses = new(text.Known);

    /// <summary>The rules of a record, each with its direction; true for inbound.</summary>
    public IEnumerable<(bool IsInbound, PolicyRule Rule)> Make(WindowsRecord record)
    {
        var shared = new List<PolicyCondition>();
        AddUnknowns(record, shared);
        var isEnabled = Enabled(record, shared);
        var actions = ActionsOf(record, shared);
        foreach (var isInbound in Directions(record, shared))
        {
            foreach (var action in actions)
            {
                foreach (var rule in Make(record, isInbound, action, isEnabled, shared))
                    yield return (isInbound, rule);
            }
        }
    }

    private IEnumerable<PolicyRule> Make(WindowsRecord record, bool isInbound, WindowsAction action, bool isEnabled,
        List<PolicyCondition> shared)
    {
        var local = Addresses(record, WindowsField.LocalAddress);
        var remote = Addresses(record, WindowsField.RemoteAddress);
        var applied = Applied(record, isInbound, action, out var where);
        var conditions = (List<PolicyCondition>)[.. where, .. WindowsConditions.Of(record), .. shared];
        if (action == WindowsAction.Bypass && conditions.All(condition => condition.Kind != ConditionKind.Ipsec))
            conditions.Add(new PolicyCondition(ConditionKind.Ipsec, "authenticated"));
        var (zone, named) = WindowsConditions.Interfaces(record);
        if (named is not null)
            conditions.Add(named);
        foreach (var part in WindowsServices.Read(record, isInbound, (line, why) => problem(record, line, why)))
        {
            yield return new PolicyRule
            {
                Name = NameOf(record) + part.Label,
                Line = new PolicyLine(text.Path, record.First),
                Text = record.Text is { } shown ? ConfigurationText.Shown(shown) : Summary(record),
                Action = action == WindowsAction.Block ? PolicyAction.Drop : PolicyAction.Permit,
                OverridesBlocks = action == WindowsAction.Bypass,
                Source = isInbound ? remote : local,
                Destination = isInbound ? local : remote,
                Services = part.Services,
                From = isInbound ? zone : ZoneMatch.Any,
                To = isInbound ? ZoneMatch.Any : zone,
                Conditions = [.. part.Conditions, .. conditions],
                IsEnabled = isEnabled && applied,
                Comment = Comment(record),
            };
        }
    }

    /// <summary>A name for reports: bounded, and without control characters.</summary>
    public static string NameOf(WindowsRecord record)
    {
        var name = record.Of(WindowsField.DisplayName);
        if (name.Length == 0)
            name = record.Of(WindowsField.Name);
        return name.Length == 0 ? $"(unnamed, line {record.First})" : ConfigurationText.Shown(name);
    }

    private static string? Comment(WindowsRecord record)
    {
        var text = record.Of(WindowsField.Description);
        return text.Length == 0 ? null : ConfigurationText.Shown(text);
    }

    /// <summary>The properties that say what the rule matches, in one line.</summary>
    private static string Summary(WindowsRecord record)
    {
        WindowsField[] shown =
        [
            WindowsField.Direction, WindowsField.Action, WindowsField.Protocol, WindowsField.LocalPort,
            WindowsField.RemotePort, WindowsField.IcmpType, WindowsField.LocalAddress, WindowsField.RemoteAddress,
            WindowsField.Program, WindowsField.Service, WindowsField.Profile,
        ];
        var parts = shown.Where(field => !WindowsWords.IsAny(record.Of(field)))
            .Select(field => $"{field}={record.Of(field)}");
        return ConfigurationText.Shown($"{NameOf(record)}: {string.Join(' ', parts)}");
    }

    private void AddUnknowns(WindowsRecord record, List<PolicyCondition> shared)
    {
        foreach (var (line, reason) in record.Problems)
        {
            problem(record, line, reason);
            shared.Add(new PolicyCondition(ConditionKind.Other, reason));
        }

        if (record.NotStated.Count == 0)
            return;
        var missing = $"the file does not state {string.Join(", ", record.NotStated)}";
        problem(record, record.First, missing);
        shared.Add(new PolicyCondition(ConditionKind.Other, missing));
    }

    private bool Enabled(WindowsRecord record, List<PolicyCondition> shared)
    {
        if (record.Of(WindowsField.Enabled) is not { Length: > 0 } text)
            return true;
        return WindowsWords.RuleEnabled(text)
            ?? Unknown(record, WindowsField.Enabled, "unknown whether it is on", shared);
    }

    private WindowsAction[] ActionsOf(WindowsRecord record, List<PolicyCondition> shared)
    {
        if (WindowsWords.Action(record.Of(WindowsField.Action)) is not { } action)
        {
            Unknown(record, WindowsField.Action, "unknown action", shared);
            return [WindowsAction.Allow, WindowsAction.Block];
        }

        var overrides = record.Of(WindowsField.OverrideBlockRules);
        return [action == WindowsAction.Allow && (WindowsWords.YesOrNo(overrides) ?? overrides.Trim() == "1")
            ? WindowsAction.Bypass : action];
    }

    private bool[] Directions(WindowsRecord record, List<PolicyCondition> shared)
    {
        if (WindowsWords.Inbound(record.Of(WindowsField.Direction)) is { } isInbound)
            return [isInbound];
        Unknown(record, WindowsField.Direction, "unknown direction", shared);
        return [true, false];
    }

    private bool Unknown(WindowsRecord record, WindowsField field, string what, List<PolicyCondition> shared)
    {
        var text = record.Of(field) is { Length: > 0 } value ? $"{what} '{ConfigurationText.Shown(value)}'" : what;
        problem(record, record.LineOf(field), text);
        shared.Add(new PolicyCondition(ConditionKind.Other, text));
        return true;
    }

    private AddressMatch Addresses(WindowsRecord record, WindowsField field)
    {
        var reasons = new List<string>();
        var match = _addresses.Read(record, field, reasons);
        foreach (var reason in reasons)
            problem(record, record.LineOf(field), reason);
        return match;
    }

    /// <summary>Whether any profile applies the rule, and the condition when not all do: it has to be a rule for the
    /// profile, the firewall has to be on there, a local rule needs that local rules are merged, and "shields up"
    /// ignores what permits inbound.</summary>
    private bool Applied(WindowsRecord record, bool isInbound, WindowsAction action,
        out List<PolicyCondition> conditions)
    {
        conditions = [];
        var wanted = NetworkProfiles.All;
        if (record.Items(WindowsField.Profile).ToList() is { Count: > 0 } words)
        {
            if (WindowsWords.Profiles(words) is { } known)
                wanted = known;
            else
                Unknown(record, WindowsField.Profile, "unknown profile", conditions);
        }

        var source = record.Of(WindowsField.SourceType);
        var isManaged = WindowsWords.Fold(record.Of(WindowsField.SourceName)).Contains("mdm", StringComparison.Ordinal);
        var isLocal = isManaged ? false : WindowsWords.IsLocal(source); // device management is no local store
        if (isLocal is null && Each.Any(profile => !profiles[profile].UsesLocalRules))
            Unknown(record, WindowsField.SourceType, "unknown whether it is a local rule", conditions);
        var applied = NetworkProfiles.None;
        foreach (var profile in Each)
        {
            var settings = profiles[profile];
            if (wanted.HasFlag(profile) && settings.IsOn && (settings.UsesLocalRules || isLocal != true)
                && (settings.UsesInboundRules || !isInbound || action == WindowsAction.Block))
                applied |= profile;
        }

        if (applied is not (NetworkProfiles.All or NetworkProfiles.None))
            conditions.Add(ProfileCondition(applied));
        return applied != NetworkProfiles.None;
    }

    /// <summary>The condition that one of these profiles holds.</summary>
    public static PolicyCondition ProfileCondition(NetworkProfiles which) => new(ConditionKind.Profile,
        string.Join(", ", Each.Where(profile => which.HasFlag(profile))));
}
