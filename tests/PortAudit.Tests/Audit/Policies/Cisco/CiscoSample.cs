using System.Text;
using PortAudit.Audit.Policies;
using PortAudit.Audit.Policies.Cisco.Asa;
using PortAudit.Audit.Policies.Cisco.Ios;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit.Policies.Cisco;

/// <summary>Reads configurations that tests write, and puts packets to their lists.</summary>
internal static class CiscoSample
{
    public static ConfigurationText Text(string configuration) =>
        ConfigurationText.Of("sample.cfg", Encoding.UTF8.GetBytes(configuration));

    public static Policy Asa(string configuration) => AsaReader.Read(Text(configuration));

    public static Policy Ios(string configuration) => IosReader.Read(Text(configuration));

    public static string? FormatOf(string configuration) =>
        PolicyFormat.All.FirstOrDefault(row => row.Recognises(Text(configuration)))?.Name;

    /// <summary>What a list does with a packet of TCP.</summary>
    public static PolicyOutcome Tcp(this Policy policy, string list, string source, string destination,
        ushort port = 80, ConnectionStates state = ConnectionStates.New, string? to = null) =>
        policy.Ask(list, Probe(source, destination, IpProtocol.Tcp, port) with { State = state, ToZone = to });

    public static PolicyOutcome Udp(this Policy policy, string list, string source, string destination, ushort port) =>
        policy.Ask(list, Probe(source, destination, IpProtocol.Udp, port));

    public static PolicyOutcome Icmp(this Policy policy, string list, string source, string destination, byte type,
        byte code = 0) => policy.Ask(list, new PolicyProbe(Address(source), Address(destination),
            Address(source).IsIpv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6, null, null)
        {
            IcmpType = type,
            IcmpCode = code,
        });

    public static PolicyOutcome Ask(this Policy policy, string list, PolicyProbe probe)
    {
        var found = policy.Find(list);
        Assert.NotNull(found);
        return new ListEvaluation(policy).Evaluate(found, probe).Outcome;
    }

    public static PolicyProbe Probe(string source, string destination, IpProtocol protocol, ushort port) =>
        new(Address(source), Address(destination), protocol, 50000, port);

    public static IpAddress Address(string text) =>
        IpAddress.TryParse(text, out var address) ? address : throw new ArgumentException(text, nameof(text));

    /// <summary>The reason why a line is not evaluated; null when it is.</summary>
    public static string? ReasonOf(this Policy policy, int line) =>
        policy.NotEvaluable.FirstOrDefault(entry => entry.Line.Line == line)?.Reason;
}
