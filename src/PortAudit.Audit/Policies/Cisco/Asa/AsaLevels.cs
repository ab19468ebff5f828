using System.Collections.Immutable;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>What follows from security levels: without an inbound list, what goes to a lower level passes; between
/// interfaces of one level, and back out of the same interface, nothing passes unless <c>same-security-traffic</c>
/// says so ("Security Levels" and "Implicit Permits" in the ASA configuration guides).</summary>
/// <param name="draft">The file.</param>
/// <param name="interfaces">The named interfaces.</param>
internal sealed class AsaLevels(PolicyDraft draft, IReadOnlyList<AsaInterface> interfaces)
{
    /// <summary>True when interfaces of one level may reach each other.</summary>
    public bool PermitsBetween { get; set; }

    /// <summary>True when traffic may leave by the interface that it came by.</summary>
    public bool PermitsBack { get; set; }

    /// <summary>The list that stands for the level of an interface without an inbound list.</summary>
    public PolicyList Unlisted(AsaInterface from, string name, PolicyRule? first)
    {
        var rules = ImmutableArray.CreateBuilder<PolicyRule>();
        if (first is not null)
            rules.Add(first);
        var lower = interfaces.Where(to => to.SecurityLevel < from.SecurityLevel).ToList();
        if (PermitsBetween)
            lower.AddRange(interfaces.Where(to => to != from && to.SecurityLevel == from.SecurityLevel));
        if (PermitsBack)
            lower.Add(from);
        if (lower.Count > 0)
            rules.Add(ImplicitRule.Of(draft, from.Line, $"{name} permit", "to a lower security level, or one that "
                + "same-security-traffic permits", PolicyAction.Permit) with
            { To = Match(lower) });
        rules.Add(ImplicitRule.Of(draft, from.Line, $"{name} default", "to the same or a higher security level",
            PolicyAction.Drop));
        return new PolicyList
        {
            Name = name,
            Rules = rules.ToImmutable(),
            Bindings = [new PolicyBinding(PolicyHook.Forward, Match([from]), ZoneMatch.Any)],
        };
    }

    /// <summary>The list that closes the ways between interfaces of one level, which no access list opens; null when
    /// there are none to close.</summary>
    public PolicyList? Closed(AsaInterface from, string name)
    {
        var closed = PermitsBetween
            ? []
            : interfaces.Where(to => to != from && to.SecurityLevel == from.SecurityLevel).ToList();
        if (!PermitsBack)
            closed.Add(from);
        return closed.Count == 0
            ? null
            : Drop(from, name, "to the same security level without same-security-traffic permit",
                new PolicyBinding(PolicyHook.Forward, Match([from]), Match(closed)));
    }

    /// <summary>The list of an interface through which nothing passes.</summary>
    public PolicyList Management(AsaInterface from, string name) => Drop(from, name, "management-only",
        new PolicyBinding(PolicyHook.Forward, Match([from]), ZoneMatch.Any),
        new PolicyBinding(PolicyHook.Forward, ZoneMatch.Any, Match([from])));

    private static ZoneMatch Match(IEnumerable<AsaInterface> to) =>
        new([.. to.Select(known => ConfigurationText.Shown(known.Name))]);

    private PolicyList Drop(AsaInterface from, string name, string text,
        params ImmutableArray<PolicyBinding> bindings) =>
        new()
        {
            Name = name,
            Rules = [ImplicitRule.Of(draft, from.Line, $"{name} default", text, PolicyAction.Drop)],
            Bindings = bindings,
        };
}
