using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>What a rule asks for beyond addresses and services: things of the host that its network does not
/// show.</summary>
internal static class WindowsConditions
{
    private static readonly (WindowsField Field, ConditionKind Kind, string Before)[] Rows =
    [
        (WindowsField.Program, ConditionKind.Program, "program "),
        (WindowsField.Package, ConditionKind.Program, "package "),
        (WindowsField.Service, ConditionKind.SystemService, "service "),
        (WindowsField.InterfaceType, ConditionKind.Other, "interface type "),
        (WindowsField.DynamicAddresses, ConditionKind.Other, "dynamic keyword addresses "),
        (WindowsField.DynamicTarget, ConditionKind.Other, "transport "),
        (WindowsField.LocalUser, ConditionKind.User, "local user "),
        (WindowsField.RemoteUser, ConditionKind.User, "remote user "),
        (WindowsField.RemoteMachine, ConditionKind.User, "remote computer "),
        (WindowsField.Owner, ConditionKind.User, "owner "),
        (WindowsField.Platform, ConditionKind.Other, "Windows version "),
        (WindowsField.Schedule, ConditionKind.Schedule, ""),
    ];

    private static readonly (WindowsField Field, string Before)[] Security =
    [
        (WindowsField.Authentication, "authentication "), (WindowsField.Encryption, "encryption "),
        (WindowsField.Security, ""),
    ];

    /// <summary>The conditions of a rule; none for properties that say "any".</summary>
    public static IEnumerable<PolicyCondition> Of(WindowsRecord record)
    {
        foreach (var (field, kind, before) in Rows)
        {
            var text = record.Of(field);
            if (field == WindowsField.Service && text.Trim() == "*")
                yield return new PolicyCondition(kind, "any service"); // services only, not other programs
            else if (!WindowsWords.IsAny(text) && !(text.Trim() == "0" && IsNumbered(field)))
                yield return new PolicyCondition(kind, ConfigurationText.Shown(before + text));
        }

        foreach (var (field, before) in Security)
        {
            if (!WindowsWords.IsNotRequired(record.Of(field)))
            {
                yield return new PolicyCondition(ConditionKind.Ipsec,
                    ConfigurationText.Shown(before + record.Of(field)));
            }
        }
    }

    /// <summary>The interfaces of a rule as zones; a name with wildcards other than one at its end becomes a condition.
    /// </summary>
    public static (ZoneMatch Zone, PolicyCondition? Condition) Interfaces(WindowsRecord record)
    {
        var text = record.Of(WindowsField.InterfaceAlias);
        if (WindowsWords.IsAny(text))
            return (ZoneMatch.Any, null);
        var names = record.Items(WindowsField.InterfaceAlias).Select(ConfigurationText.Shown).ToList();
        if (names.Any(WindowsWords.IsAny))
            return (ZoneMatch.Any, null);
        return names.Any(name => name.TrimEnd('*').AsSpan().IndexOfAny('*', '?', '[') >= 0)
            ? (ZoneMatch.Any, new PolicyCondition(ConditionKind.Other, ConfigurationText.Shown($"interface {text}")))
            : (new ZoneMatch([.. names]), null);
    }

    /// <summary>True for a property whose number 0 stands for "any".</summary>
    private static bool IsNumbered(WindowsField field) =>
        field is WindowsField.InterfaceType or WindowsField.DynamicTarget;
}
