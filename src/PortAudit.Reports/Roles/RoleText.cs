using PortAudit.Audit.Catalog;
using PortAudit.Audit.Roles;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Text;

namespace PortAudit.Reports.Roles;

/// <summary>Proposals, or a comparison with a site, as text for a reader.</summary>
public static class RoleText
{
    private const int LabelWidth = 18;

    /// <summary>Hosts of a list that is no table, at most.</summary>
    private const int MaximumListed = 50;

    /// <summary>Writes proposals.</summary>
    public static void Write(RoleProposals proposals, RoleRun run, TextWriter writer, int width)
    {
        ArgumentNullException.ThrowIfNull(proposals);
        PageText.Write(writer, width, color: false, page =>
        {
            page.Paragraph($"Proposed from behaviour, to be confirmed: "
                + $"{Quantity.Of(proposals.Hosts.Length, "host")} and "
                + $"{Quantity.Of(proposals.Networks.Length, "network")}{Partial(run)}");
            if (proposals.WhyEmpty is { } why)
                page.Paragraph($"Nothing is proposed. {why}");
            if (!proposals.Hosts.IsEmpty)
                page.Heading("Hosts");
            foreach (var host in proposals.Hosts)
                WriteHost(page, host, proposals);
            if (!proposals.Networks.IsEmpty)
                page.Heading("Networks of clients");
            foreach (var network in proposals.Networks)
                WriteNetwork(page, network, proposals);
            WriteSides(page, proposals);
            WriteRules(page, proposals);
            WriteAnswering(page, proposals);
            if (proposals.Others.IsEmpty)
                return;
            page.Heading("Not proposed");
            page.Fields(proposals.Others.Take(MaximumListed)
                .Select(host => new ReportField(host.Address.ToString(), [.. Doubts(host)])), LabelWidth);
            if (proposals.Others.Length > MaximumListed)
                page.Paragraph($"… and {Quantity.Of(proposals.Others.Length - MaximumListed, "more host")}");
        });
    }

    private static void WriteSides(ReportPage page, RoleProposals proposals)
    {
        if (proposals.Sides.IsEmpty)
            return;
        page.Heading("Sides of routers");
        page.Fields(proposals.Sides.GroupBy(side => side.Prefix).Take(MaximumListed).Select(prefix => new ReportField(
            prefix.Key.ToString(),
            [
                .. proposals.SideSegments.Where(segment => segment.Prefixes.Contains(prefix.Key))
                    .Select(segment => $"segment {EvidenceWords.NameOf(segment, proposals.SideSegments)}"),
                .. prefix.Select(side => $"- {EvidenceWords.Of(side, proposals.Observation)}"),
            ])), LabelWidth);
    }

    private static void WriteRules(ReportPage page, RoleProposals proposals)
    {
        if (proposals.Rules.IsEmpty)
            return;
        page.Heading("Rules for services that no catalog rule covers");
        page.Fields(proposals.Rules.Select(rule => new ReportField(rule.Id,
            [EvidenceWords.Of(rule.Evidence, proposals.Observation)])), LabelWidth);
    }

    private static void WriteAnswering(ReportPage page, RoleProposals proposals)
    {
        if (proposals.Answering.IsEmpty)
            return;
        page.Heading("Answered connections, but sent no data in them");
        page.Fields(proposals.Answering.Take(MaximumListed)
            .Select(host => new ReportField(host.Address.ToString(), [EvidenceWords.Ports(host)])), LabelWidth);
        if (proposals.Answering.Length > MaximumListed)
            page.Paragraph($"… and {Quantity.Of(proposals.Answering.Length - MaximumListed, "more host")}");
    }

    /// <summary>Writes a comparison.</summary>
    public static void Write(RoleComparison comparison, RoleRun run, TextWriter writer, int width)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        PageText.Write(writer, width, color: false, page =>
        {
            page.Paragraph($"{comparison.Site}: {Quantity.Of(comparison.Claims.Length, "difference")} between the "
                + $"site's claims and behaviour{Partial(run)}");
            foreach (var kind in Enum.GetValues<RoleClaimKind>())
                WriteKind(page, kind, comparison);
            page.Heading("Hosts without a difference");
            page.Fields(
                [
                    new ReportField("as listed", string.Join(", ", comparison.Confirmed)),
                    new ReportField("silent",
                        comparison.Silent.IsEmpty ? "" : $"{string.Join(", ", comparison.Silent)}: sent nothing here, "
                            + "so nothing can be said about them"),
                    new ReportField("no sign for",
                        comparison.RolesWithoutSigns.IsEmpty
                            ? ""
                            : $"{string.Join(", ", comparison.RolesWithoutSigns)}: no catalog has signs for these "
                                + "roles"),
                ],
                LabelWidth);
        });
    }

    private static void WriteKind(ReportPage page, RoleClaimKind kind, RoleComparison comparison)
    {
        var claims = comparison.Claims.Where(claim => claim.Kind == kind).ToList();
        if (claims.Count == 0)
            return;
        page.Heading($"{kind.ToText()} ({Quantity.Count(claims.Count)})");
        page.Table(
            ["host", "listed as", "difference", "confidence"],
            claims.Select(claim => (IReadOnlyList<IReadOnlyList<string>>)
            [
                [claim.Host ?? claim.Addresses[0]],
                claim.Listed.IsEmpty ? ["-"] : [.. claim.Listed],
                [claim.Claim, .. (claim.Found?.Evidence ?? []).Select(evidence =>
                    $"- {EvidenceWords.Of(evidence, comparison.Observation)}")],
                [claim.Found?.Confidence.ToText() ?? "-"],
            ]));
    }

    private static void WriteHost(ReportPage page, HostProposal host, RoleProposals proposals)
    {
        page.Paragraph($"{host.Address}{(host.Names.IsEmpty ? "" : $"  {EvidenceWords.Names(host.Names)}")}");
        page.Fields(
            [
                .. host.Roles.Select(role => Field(role, proposals)),
                new ReportField("in doubt",
                    [.. host.Doubtful.Select(role => $"{role.Role}: {role.Confidence.ToText()}; {role.Reason}")]),
                new ReportField("also serves", string.Join(", ", host.Unnamed)),
            ],
            LabelWidth);
        page.Blank();
    }

    private static void WriteNetwork(ReportPage page, NetworkProposal network, RoleProposals proposals)
    {
        page.Paragraph($"{network.Prefix}  {Quantity.Of(network.Clients.Length, "client")}");
        page.Fields(
            network.Roles.Select(count => new ReportField(
                count.Role,
                [$"{count.Confidence.ToText()}, {Quantity.Of(count.Clients, "client")}; for example "
                    + $"{count.Example.Address}",
                        .. Evidence(count.Example.Roles.Single(role => role.Role == count.Role), proposals)])),
            LabelWidth);
        page.Blank();
    }

    private static ReportField Field(RoleFound role, RoleProposals proposals) =>
        new(role.Role, [$"{role.Confidence.ToText()}; {role.Reason}", .. Evidence(role, proposals)]);

    private static IEnumerable<string> Evidence(RoleFound role, RoleProposals proposals) =>
        role.Evidence.Select(evidence => $"- {EvidenceWords.Of(evidence, proposals.Observation)}");

    private static IEnumerable<string> Doubts(HostProposal host) =>
        host.Doubtful.Select(role => $"{role.Role}: {role.Confidence.ToText()}; {role.Reason}")
            .Concat(host.Unnamed.Select(thing => $"serves {thing}"));

    private static string Partial(RoleRun run) =>
        run.IsPartial ? ". PARTIAL: not all of the input could be read." : ".";
}
