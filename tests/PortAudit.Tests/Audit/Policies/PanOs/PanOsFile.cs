using System.Text;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit.Policies.PanOs;

/// <summary>Reads small configurations of PAN-OS, and puts packets to their first list.</summary>
internal static class PanOsFile
{
    public static ConfigurationText Text(string text) => ConfigurationText.Of("fw.conf", Encoding.UTF8.GetBytes(text));

    public static Policy Read(string text) => PolicyFormat.All.Single(row => row.Name == "pan-os").Read(Text(text));

    /// <summary>A rule of one command, with parts that are not stated taken as any.</summary>
    public static string Rule(string name, string parts)
    {
        var line = new StringBuilder($"set rulebase security rules {name} {parts}");
        foreach (var part in new[] { "from", "to", "source", "destination", "service", "application" })
        {
            if (!$" {parts} ".Contains($" {part} ", StringComparison.Ordinal))
                line.Append(' ').Append(part).Append(" any");
        }

        return line.Append('\n').ToString();
    }

    public static PolicyOutcome Outcome(this Policy policy, string source, string destination, IpProtocol protocol,
        int port, string? from = "trust", string? to = "untrust") =>
        new ListEvaluation(policy)
            .Evaluate(policy.Lists[0], Probe(source, destination, protocol, port, from, to)).Outcome;

    public static PolicyOutcome Ping(this Policy policy, byte type) => new ListEvaluation(policy).Evaluate(
        policy.Lists[0], Probe("10.0.0.1", "192.0.2.1", IpProtocol.Icmp, null, "trust", "untrust") with
        {
            IcmpType = type,
            IcmpCode = 0,
        }).Outcome;

    private static PolicyProbe Probe(string source, string destination, IpProtocol protocol, int? port, string? from,
        string? to)
    {
        Assert.True(IpAddress.TryParse(source, out var sender) & IpAddress.TryParse(destination, out var receiver));
        return new PolicyProbe(sender, receiver, protocol, port is null ? null : (ushort)50_000, (ushort?)port)
        {
            FromZone = from,
            ToZone = to,
        };
    }
}
