using System.Text;
using System.Text.Json.Nodes;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit.Policies.Windows;

/// <summary>Configurations of Windows Firewall and packets for them.</summary>
internal static class WindowsSample
{
    public const string Client = "10.1.0.5";
    public const string Server = "10.9.0.1";

    /// <summary>A rule with all properties that an export has: inbound, allowed, TCP 445 from anywhere, changed as
    /// said.</summary>
    public static string Rule(string changes = "{}")
    {
        var rule = JsonNode.Parse("""
            {
              "Name": "id", "DisplayName": "a rule", "Group": "", "Description": "", "Enabled": 1, "Profile": 0,
              "Direction": 1, "Action": 2, "EdgeTraversalPolicy": 0, "PolicyStoreSource": "PersistentStore",
              "PolicyStoreSourceType": 1, "Owner": null, "RemoteAddress": "Any", "LocalAddress": "Any",
              "Protocol": "TCP", "LocalPort": "445", "RemotePort": "Any", "IcmpType": "Any", "Program": "Any",
              "Package": null, "Service": "Any", "InterfaceType": 0, "InterfaceAlias": "Any", "Authentication": 0,
              "Encryption": 0, "OverrideBlockRules": false, "LocalUser": "Any", "RemoteUser": "Any",
              "RemoteMachine": "Any"
            }
            """)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject())
            rule[name] = value?.DeepClone();
        return rule.ToJsonString();
    }

    /// <summary>A profile with the defaults of the product, changed as said.</summary>
    public static string Profile(string name, string changes = "{}")
    {
        var profile = JsonNode.Parse("""
            {
              "Name": "", "Enabled": 1, "DefaultInboundAction": 4, "DefaultOutboundAction": 2, "AllowInboundRules": 2,
              "AllowLocalFirewallRules": 2
            }
            """)!.AsObject();
        profile["Name"] = name;
        foreach (var (key, value) in JsonNode.Parse(changes)!.AsObject())
            profile[key] = value?.DeepClone();
        return profile.ToJsonString();
    }

    /// <summary>The policy of objects of PowerShell.</summary>
    public static Policy Json(params string[] objects) => Read("[\n" + string.Join(",\n", objects) + "\n]");

    /// <summary>The policy of a file, told apart by content.</summary>
    public static Policy Read(string content, KnownAddresses? known = null) =>
        Read(Encoding.UTF8.GetBytes(content), known);

    public static Policy Read(byte[] content, KnownAddresses? known = null)
    {
        var text = ConfigurationText.Of("sample", content).With(known ?? KnownAddresses.None);
        return PolicyFormat.All.First(row => row.Recognises(text)).Read(text);
    }

    /// <summary>What a name in address lists stands for.</summary>
    public static KnownAddresses Known(string name, string network) =>
        new([KeyValuePair.Create(name, AddressSet.Of(new PortAudit.Audit.Site.Prefix(Address(network), 24)))]);

    public static IpAddress Address(string text) =>
        IpAddress.TryParse(text, out var address) ? address : throw new FormatException(text);

    /// <summary>The first packet of a TCP connection to the host, from a client's dynamic port.</summary>
    public static PolicyProbe Tcp(ushort port, string source = Client, string destination = Server) =>
        new(Address(source), Address(destination), IpProtocol.Tcp, 50_000, port);

    public static PolicyOutcome Inbound(Policy policy, in PolicyProbe probe) =>
        Answer(policy, "inbound", probe).Outcome;

    public static PolicyOutcome Outbound(Policy policy, in PolicyProbe probe) =>
        Answer(policy, "outbound", probe).Outcome;

    public static PolicyAnswer Answer(Policy policy, string list, in PolicyProbe probe) =>
        new ListEvaluation(policy).Evaluate(policy.Find(list)!, probe);

    /// <summary>Rules that a line of the file states.</summary>
    public static List<PolicyRule> Rules(Policy policy, string list = "inbound") =>
        [.. policy.Find(list)!.Rules.Where(rule => !rule.IsImplicit)];
}
