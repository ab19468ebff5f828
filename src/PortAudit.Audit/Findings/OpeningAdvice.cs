using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Findings;

/// <summary>
/// Keeps remedies from opening a way for remote administration. Only what a rule means may be opened: a port whose
/// service no rule names may be that of an intruder, and one by which hosts are administered is never opened for the
/// asking.
/// </summary>
internal static class OpeningAdvice
{
    /// <summary>What to do where opening a stopped flow's port would be the wrong advice; null where it is
    /// right.</summary>
    /// <param name="rule">The rule that covers the flows; null if none.</param>
    /// <param name="flows">The flows.</param>
    public static string? WhyNot(BoundRule? rule, FlowGroup flows)
    {
        var (originators, responders) = (HostList.Of(flows.Originators), HostList.Of(flows.Responders));
        var announced = AnnouncedServices(flows);
        if (announced.FirstOrDefault(SensitiveOperations.Shipped.IsSensitive) is { } sensitive)
            return $"Do not open it: {sensitive} gives remote control of {responders}. Find out what on "
                + $"{originators} uses it, and whether it is approved.";
        if (rule is null ? flows.Announced.Kept.Count > 0 : !NamesAll(rule, announced))
            return $"No rule names {(announced.Count == 0 ? "what was announced" : string.Join(", ", announced))}: "
                + $"find out what on {originators} uses it and whether the deployment needs it, before "
                + "anything is opened.";
        return rule is not null && SensitiveOperations.Shipped.IsSession(rule.Rule.Protocols)
            ? $"Ask the owners of {responders} whether {originators} may administer them. If so, start the service "
                + "where it is not running, and let the firewall pass it from these hosts alone."
            : null;
    }

    /// <summary>The services that were announced for the flows, in ordinal order.</summary>
    private static List<string> AnnouncedServices(FlowGroup flows) =>
        [.. flows.Retained.Kept.Select(ServiceOf).OfType<string>().Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)];

    private static string? ServiceOf(FlowRecord flow) => flow.Announcement?.Announcement.Service;

    /// <summary>True when a rule means what was announced: it names each service, or nothing that carries services of
    /// all kinds announced it.</summary>
    private static bool NamesAll(BoundRule rule, List<string> announced) => rule.Rule.Services.IsEmpty
        ? announced.Count == 0
            || !rule.Rule.AnnouncedBy.Any(name => ProtocolRegistry.Find(name) is { HasInterfaces: true })
        : announced.All(service => rule.Rule.Services.Contains(service, StringComparer.OrdinalIgnoreCase));
}
