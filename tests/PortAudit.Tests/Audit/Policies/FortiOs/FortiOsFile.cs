using System.Text;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit.Policies.FortiOs;

/// <summary>Reads small configurations of FortiOS, and puts packets to their lists.</summary>
internal static class FortiOsFile
{
    public static ConfigurationText Text(string text) => ConfigurationText.Of("fw.conf", Encoding.UTF8.GetBytes(text));

    public static Policy Read(string text) => PolicyFormat.All.Single(row => row.Name == "fortios").Read(Text(text));

    /// <summary>A table with one policy that accepts everything of IPv4 but what the settings say.</summary>
    public static string Accept(params string[] settings)
    {
        string[] usual = ["srcintf \"any\"", "dstintf \"any\"", "srcaddr \"all\"", "dstaddr \"all\"",
            "service \"ALL\"", "schedule \"always\"", "action accept"];
        var stated = usual.Where(line => !settings.Any(setting => setting.Split(' ')[0] == line.Split(' ')[0]));
        return $"config firewall policy\n  edit 1\n{string.Concat(stated.Concat(settings)
            .Select(line => $"    set {line}\n"))}  next\nend\n";
    }

    public static PolicyOutcome Outcome(this Policy policy, string destination, IpProtocol protocol, int? port,
        string source = "10.0.0.1", string? from = "lan", string? to = "wan", int list = 0, byte? icmpType = null)
    {
        Assert.True(IpAddress.TryParse(source, out var sender) & IpAddress.TryParse(destination, out var receiver));
        var probe = new PolicyProbe(sender, receiver, protocol, port is null ? null : (ushort)50_000, (ushort?)port)
        {
            FromZone = from,
            ToZone = to,
            IcmpType = icmpType,
        };
        return new ListEvaluation(policy).Evaluate(policy.Lists[list], probe).Outcome;
    }
}
