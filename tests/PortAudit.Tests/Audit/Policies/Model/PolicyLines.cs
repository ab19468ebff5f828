using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;
using static PortAudit.Tests.Audit.FlowSample;

namespace PortAudit.Tests.Audit.Policies.Model;

/// <summary>Rules and packets in short.</summary>
internal static class PolicyLines
{
    /// <summary>A rule as <c>permit tcp 10.0.0.0/8 10.1.0.1 443</c>: action, protocol (or <c>any</c>), source,
    /// destination, and destination ports where there are any. A target stands behind <c>jump</c> or <c>goto</c>:
    /// <c>jump:LIST any any any</c>.</summary>
    public static PolicyRule Rule(string line, string name = "")
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var action = words[0].Split(':');
        return new PolicyRule
        {
            Name = name.Length > 0 ? name : line,
            Line = new PolicyLine("sample", 1),
            Text = line,
            Action = Enum.Parse<PolicyAction>(action[0], ignoreCase: true),
            Target = action.Length > 1 ? action[1] : null,
            Services = [Service(words[1], words.ElementAtOrDefault(4))],
            Source = new AddressMatch(Addresses(words[2])),
            Destination = new AddressMatch(Addresses(words[3])),
        };
    }

    public static PolicyRule Default(PolicyAction action) =>
        Rule($"{action} any any any".ToLowerInvariant(), "default") with { IsImplicit = true };

    public static PolicyList List(string name, params IEnumerable<PolicyRule> rules) =>
        new() { Name = name, Rules = [.. rules] };

    public static Policy Of(params IEnumerable<PolicyList> lists) => new()
    {
        Name = "fw",
        Format = "sample",
        Files = [new PolicyFile("sample", "00")],
        Lists = [.. lists],
    };

    /// <summary>A policy of one list that applies to all that passes the device.</summary>
    public static Policy Forwarding(params IEnumerable<PolicyRule> rules) => Of(List("forward", rules) with
    {
        Bindings = [new PolicyBinding(PolicyHook.Forward, ZoneMatch.Any, ZoneMatch.Any)],
    });

    public static PolicyProbe Probe(string source, string destination, IpProtocol protocol, ushort port) =>
        new(AddressOf(source), AddressOf(destination), protocol, 50_000, port);

    public static PolicyProbe Tcp(string source, string destination, ushort port) =>
        Probe(source, destination, IpProtocol.Tcp, port);

    private static IntervalSet<UInt128> Addresses(string text)
    {
        if (text == "any")
            return AddressSet.Any;
        return IntervalSet.Of(text.Split(',').SelectMany(part => (part.Split('/') is [var address, var length]
            ? AddressSet.Of(new Prefix(AddressOf(address), int.Parse(length)))
            : AddressSet.Of(AddressOf(part))).Ranges));
    }

    private static ServiceMatch Service(string protocol, string? ports)
    {
        if (protocol == "any")
            return ServiceMatch.Any;
        var number = protocol switch
        {
            "tcp" => IpProtocol.Tcp,
            "udp" => IpProtocol.Udp,
            "icmp" => IpProtocol.Icmp,
            _ => new IpProtocol(byte.Parse(protocol)),
        };
        return ports is null
            ? ServiceMatch.Of(number)
            : ServiceMatch.Of(number, IntervalSet.Of(ports.Split(',').Select(part => part.Split('-'))
                .Select(ends => new Interval<ushort>(ushort.Parse(ends[0]), ushort.Parse(ends[^1])))));
    }
}
