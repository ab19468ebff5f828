using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;

namespace PortAudit.Audit.Obsolete;

/// <summary>Rules for discontinued products, one row each; reported even if the site enables them.</summary>
internal static class ObsoleteRules
{
    private static readonly ImmutableArray<(string Rule, ObsoleteService Service)> Rows =
    [
        ("windows.mom.clear", Row("mom-clear", "The clear agent port of Operations Manager 2000 before Service Pack 1",
            "From the service pack on agents send nothing in clear.",
            "Bring agents and server to Service Pack 1, and close 51515.")),
        ("windows.ssdp.event-legacy", Row("ssdp-event-legacy", "The event port of Windows XP up to Service Pack 1",
            "Later systems take events of devices on 2869.", "Replace these systems, and close 5000.")),
    ];

    public static ImmutableArray<ObsoleteRule> Among(ImmutableArray<BoundRule> rules) =>
    [
        .. from row in Rows
           from rule in rules
           where rule.Rule.Id == row.Rule
           select new ObsoleteRule(rule, row.Service with { Reference = ReferenceOf(rule) }),
    ];

    private static ObsoleteService Row(string id, string title, string why,
        string remedy) => new(id, title, Severity.Low, why, remedy, "") { IsIn = _ => false };

    private static string ReferenceOf(BoundRule rule) => rule.Rule.Source is { } source
        ? string.Create(CultureInfo.InvariantCulture,
            $"{source.Document}, {source.Section}{(source.Lines.IsEmpty ? "" : ", lines ")}"
                + $"{string.Join(", ", source.Lines)}")
        : "";
}
