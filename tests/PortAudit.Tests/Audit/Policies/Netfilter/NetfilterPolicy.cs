using System.Text;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Yaml;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit.Policies.Netfilter;

/// <summary>Reads configurations for tests, and puts packets to them.</summary>
internal static class NetfilterPolicy
{
    /// <summary>The formats of netfilter.</summary>
    public static IEnumerable<PolicyFormat> Formats => PolicyFormat.All.Where(row =>
        row.Name is "iptables" or "nftables" or "nftables-json");

    /// <summary>Reads a text of the format that it is recognised as.</summary>
    public static Policy Read(string text)
    {
        var file = ConfigurationText.Of("rules", Encoding.UTF8.GetBytes(text));
        return PolicyFormat.All.First(row => row.Recognises(file)).Read(file);
    }

    /// <summary>Reads a file of the folder Samples.</summary>
    public static Policy Sample(string name)
    {
        var diagnostics = new List<Diagnostic>();
        var policy = PolicyReader.Read(Path(name), null, KnownAddresses.None, diagnostics);
        Assert.Empty(diagnostics);
        return policy!;
    }

    /// <summary>Path of a file of the folder Samples.</summary>
    public static string Path(string name) =>
        Repository.PathOf("tests", "PortAudit.Tests", "Audit", "Policies", "Netfilter", "Samples", name);

    /// <summary>Rules of nft in a chain at the hook forward that drops the rest.</summary>
    public static Policy Forward(params string[] rules) => Read(
        "table inet t {\nchain forward {\ntype filter hook forward priority 0; policy drop;\n"
        + $"{string.Join('\n', rules)}\n}}\n}}\n");

    /// <summary>Rules of iptables behind a chain FORWARD that drops the rest.</summary>
    public static Policy Iptables(params string[] rules) =>
        Read($"*filter\n:FORWARD DROP [0:0]\n:X - [0:0]\n{string.Join('\n', rules)}\nCOMMIT\n");

    /// <summary>A packet: <c>10.0.0.1 10.0.0.2 tcp 40000 80</c>, or <c>icmp 8 0</c> in place of ports.</summary>
    public static PolicyProbe Probe(string packet)
    {
        var words = packet.Split(' ');
        Assert.True(IpAddress.TryParse(words[0], out var source));
        Assert.True(IpAddress.TryParse(words[1], out var destination));
        Assert.True(IpProtocol.TryParse(words[2], out var protocol));
        var numbers = words.Skip(3)
            .Select(word => ushort.Parse(word, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return protocol.IsIcmp
            ? new PolicyProbe(source, destination, protocol, null, null)
            {
                IcmpType = (byte)numbers[0],
                IcmpCode = (byte)numbers[1],
            }
            : new PolicyProbe(source, destination, protocol, numbers.Count > 0 ? numbers[0] : null,
                numbers.Count > 1 ? numbers[1] : null);
    }

    /// <summary>What all lists of the packet's hook do with it together: each has to let it pass.</summary>
    public static PolicyOutcome Outcome(Policy policy, PolicyProbe probe)
    {
        var evaluation = new ListEvaluation(policy);
        var outcomes = policy.Lists.Where(list => list.Bindings.Any(binding => binding.Hook == probe.Hook))
            .Select(list => evaluation.Evaluate(list, probe).Outcome).ToList();
        return outcomes.FirstOrDefault(outcome => outcome is PolicyOutcome.Dropped or PolicyOutcome.Rejected) is not
            PolicyOutcome.Permitted and var discarded ? discarded
            : outcomes.Contains(PolicyOutcome.Undecided) ? PolicyOutcome.Undecided
            : PolicyOutcome.Permitted;
    }

    /// <summary>What a policy does with a packet that starts a connection through the device.</summary>
    public static PolicyOutcome Outcome(Policy policy, string packet) => Outcome(policy, Probe(packet));
}
