using PortAudit.Audit;
using PortAudit.Audit.Coverage;
using PortAudit.Audit.Findings;
using PortAudit.Audit.Wording;

namespace PortAudit.Reports.Text;

/// <summary>Hosts with their roles: those that were seen, and those of the site that were silent.</summary>
internal static class HostSection
{
    /// <summary>Hosts listed.</summary>
    private const int MaximumRows = 20;

    /// <summary>Silent hosts that are named.</summary>
    private const int MaximumSilent = 12;

    public static void Write(ReportPage page, AuditReport report)
    {
        if (report.Hosts.IsEmpty)
            return;
        page.Heading("Hosts and roles");
        var seen = report.Hosts.Where(host => host.Flows > 0).ToList();
        if (seen.Count > 0)
            page.Table(["Host", "Roles", "#Flows"], seen.Take(MaximumRows).Select(host => Row(host, report)));
        if (seen.Count > MaximumRows)
            page.Paragraph($"and {Quantity.Of(seen.Count - MaximumRows, "more host")}: {Shortened.InJson}");
        var silent = report.Hosts.Where(host => host.Flows == 0)
            .Select(host => host.Name ?? string.Join(", ", host.Addresses)).ToList();
        if (report.Selection is { Flows.IsNone: false })
            page.Paragraph($"Without a selected flow: {Quantity.Of(silent.Count, "host")}.");
        else
            page.Paragraph(silent.Count == 0
                ? "No host of the site was silent."
                : $"Silent ({Quantity.Count(silent.Count)}): {Shortened.Names(silent, MaximumSilent)}.");
    }

    private static IReadOnlyList<IReadOnlyList<string>> Row(HostRow host, AuditReport report)
    {
        var others = host.Addresses.Length > 1 ? $" and {Quantity.Of(host.Addresses.Length - 1, "other address")}" : "";
        return [[$"{FindingSection.Host(new FindingHost(host.Addresses[0], host.Name), report.Names)}{others}"],
            [string.Join(", ", host.Roles)], [Quantity.Count(host.Flows)]];
    }
}
