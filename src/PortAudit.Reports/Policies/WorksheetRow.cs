using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Audit;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.PolicyReview;
using PortAudit.Audit.Wording;
using PortAudit.Reports.Writing;

namespace PortAudit.Reports.Policies;

/// <summary>A line of the worksheet that the owner of a firewall decides on.</summary>
/// <param name="Advice">What to do.</param>
/// <param name="Firewall">Name of the firewall.</param>
/// <param name="Rule">The rule in its configuration; empty for one to be added.</param>
/// <param name="Line">Where it stands; for one to be added the rule that stops its traffic.</param>
/// <param name="From">Originators; for a rule to be added their roles with the addresses.</param>
/// <param name="To">Responders.</param>
/// <param name="Service">Services.</param>
/// <param name="Why">Why, in sentences.</param>
/// <param name="Documents">What documents ask for it, with section and lines.</param>
/// <param name="Evidence">What the captures show.</param>
/// <param name="Risk">How much the rule opens: <c>high</c>, <c>medium</c> or <c>low</c>; empty for one to be
/// added.</param>
public sealed record WorksheetRow(PolicyAdvice Advice, string Firewall, string Rule, string Line, string From,
    string To, string Service, string Why, string Documents, string Evidence, string Risk)
{
    /// <summary>Where the rule stands, or which one stops the traffic of one to be added.</summary>
    public string Place => Advice == PolicyAdvice.Add && Line.Length > 0 ? $"now stopped by {Line}" : Line;

    /// <summary>Ports above which a rule is called wide.</summary>
    private const int WidePorts = 1_000;

    /// <summary>Addresses above which a side is called wide: a /16.</summary>
    private static readonly UInt128 WideAddresses = 1 << 16;

    /// <summary>The rows of all firewalls: what to add, close, tighten, review and keep, in that order.</summary>
    internal static ImmutableArray<WorksheetRow> Of(AuditReport report) =>
        Ordered(report.Policies.SelectMany(policy => All(policy, report.Coverage.TimestampDigits)));

    /// <summary>The rows of one firewall, in the same order.</summary>
    internal static ImmutableArray<WorksheetRow> Of(PolicyReport policy, int timestampDigits) =>
        Ordered(All(policy, timestampDigits));

    private static ImmutableArray<WorksheetRow> Ordered(IEnumerable<WorksheetRow> rows) =>
        [.. rows.OrderBy(row => Order(row.Advice))];

    private static IEnumerable<WorksheetRow> All(PolicyReport policy, int digits) => policy.Requirements
        .Where(row => row.Needed && row.Status is RequirementStatus.Closed or RequirementStatus.PartlyClosed)
        .Select(row => Add(policy, row))
        .Concat(policy.Rules.Where(row => row.Rule.Action == PolicyAction.Permit)
            .Select(row => Existing(policy, row, digits)));

    private static int Order(PolicyAdvice advice) => advice switch
    {
        PolicyAdvice.Add => 0,
        PolicyAdvice.Close => 1,
        PolicyAdvice.Tighten => 2,
        PolicyAdvice.Review => 3,
        PolicyAdvice.Keep => 4,
    };

    private static WorksheetRow Add(PolicyReport policy, RequirementRow row) => new(
        PolicyAdvice.Add, policy.Name, "", row.Examples.FirstOrDefault()?.Decider?.Line.ToString() ?? "",
        Party(row.Rule.From, row.From), Party(row.Rule.To, row.To),
        $"{string.Join(",", row.Rule.Transports.Order())} {string.Join(",", row.Rule.Ports.Order())}".Trim(),
        $"The deployment needs it, and the configuration stops {Quantity.Count(row.Stopped)} of "
            + $"{Quantity.Of(row.Probes, "combination")} of hosts and ports, for example "
            + $"{row.Examples[0].Service} from {row.Examples[0].From} to {row.Examples[0].To}.",
        Cited([row.Rule]), "", "");

    /// <summary>Roles with their addresses; a name that is itself an address is not said twice.</summary>
    private static string Party(ImmutableArray<string> roles, IntervalSet<UInt128> addresses)
    {
        var (names, numbers) = (string.Join(", ", roles), AddressSet.Text(addresses));
        return names == numbers ? names : $"{names} ({numbers})";
    }

    private static WorksheetRow Existing(PolicyReport policy, PolicyRuleRow row, int digits) => new(
        row.Advice, policy.Name, row.Rule.Name, row.Rule.Line.ToString(),
        AddressSet.Text(row.Rule.Source.Set), AddressSet.Text(row.Rule.Destination.Set),
        ServiceText.Of(row.Rule.Services),
        string.Join(' ', new[] { row.AdviceReason, row.NeedReason, row.UseReason, Covered(row) }
            .Where(text => text.Length > 0)),
        Cited(row.Documents), SeenOf(row, digits), RiskOf(row.Rule));

    private static string Covered(PolicyRuleRow row) => row.CoveredBy.IsEmpty
        ? ""
        : $"Nothing comes to it: {string.Join(", ", row.CoveredBy.Select(rule => rule.Name))} before it.";

    private static string Cited(ImmutableArray<Rule> rules) => string.Join("; ", rules.Select(rule => rule.Source is
    { } source
        ? $"{rule.Id} ({source.Document}, {source.Section}{Lines(source.Lines)})"
        : rule.Id));

    private static string Lines(ImmutableArray<int> lines) => lines.Length switch
    {
        0 => "",
        1 => string.Create(CultureInfo.InvariantCulture, $", line {lines[0]}"),
        _ => $", lines {string.Join(", ", lines)}",
    };

    private static bool IsForReplies(PolicyRule rule) => !rule.States.HasFlag(ConnectionStates.New);

    private static string SeenOf(PolicyRuleRow row, int digits) => IsForReplies(row.Rule)
        ? "not compared: it lets through replies"
        : row.Connections == 0
        ? row.CapturePoints is [] or [""] ? "no connection" : $"no connection at {string.Join(", ", row.CapturePoints)}"
        : $"{Quantity.Of(row.Connections, "connection")}, {Quantity.Of(row.Originators, "originator")}, "
            + $"{Quantity.Of(row.Responders, "responder")}, {ReportTime.Format(row.FirstNs!.Value, digits)} to "
            + ReportTime.Format(row.LastNs!.Value, digits)
            + (row.Ports.Length == 0 ? "" : $", ports {row.Ports}");

    private static string RiskOf(PolicyRule rule)
    {
        var wide = new[]
        {
            IsWide(rule.Source.Set), IsWide(rule.Destination.Set),
            rule.Services.Any(service => service.Protocols.IsAll || PortsOf(service) > WidePorts),
        }.Count(isWide => isWide);
        return wide switch
        {
            _ when IsForReplies(rule) => "low",
            0 => "low",
            1 => "medium",
            _ => "high",
        };
    }

    private static bool IsWide(IntervalSet<UInt128> set) =>
        set.IsAll || set.Ranges.Any(range => range.Last - range.First >= WideAddresses);

    private static int PortsOf(ServiceMatch service) => service.DestinationPorts.Ranges
        .Sum(range => range.Last - range.First + 1);
}
