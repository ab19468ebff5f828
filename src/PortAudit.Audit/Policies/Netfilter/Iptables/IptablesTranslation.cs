using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Iptables;

/// <summary>Translations of the table <c>nat</c> (iptables-extensions(8): DNAT, SNAT, MASQUERADE, REDIRECT,
/// NETMAP).</summary>
internal static class IptablesTranslation
{
    /// <summary>The translation that a rule makes; null when its target makes none.</summary>
    public static PolicyTranslation? Of(string target, Dictionary<string, string> options, RuleDraft rule,
        PolicyDraft text)
    {
        var (source, destination) = (AddressTranslation.Only(rule, isSource: true),
            AddressTranslation.Only(rule, isSource: false));
        return target switch
        {
            "DNAT" => AddressTranslation.Destination(text.Line(rule.Line), rule.Text, destination,
                Addresses(options, "--to-destination")),
            "NETMAP" when Addresses(options, "--to") is { } mapped && destination is not null =>
                AddressTranslation.Destination(text.Line(rule.Line), rule.Text, destination, mapped),
            "NETMAP" => AddressTranslation.Source(text.Line(rule.Line), rule.Text, source, Addresses(options, "--to")),
            "REDIRECT" => AddressTranslation.Destination(text.Line(rule.Line), rule.Text, destination, null),
            "SNAT" or "SAME" => AddressTranslation.Source(text.Line(rule.Line), rule.Text, source,
                Addresses(options, target == "SNAT" ? "--to-source" : "--to")),
            "MASQUERADE" => AddressTranslation.Source(text.Line(rule.Line), rule.Text, source, null),
            _ => null,
        };
    }

    private static IntervalSet<UInt128>? Addresses(Dictionary<string, string> options, string name) =>
        options.TryGetValue(name, out var value) ? AddressTranslation.Address(value) : null;
}
