using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit.Policies.Model;

/// <summary>Random rules and packets that meet often: few addresses, ports and zones.</summary>
/// <param name="random">The source.</param>
internal sealed class RandomPolicy(Random random)
{
    private static readonly string[] Zones = ["in", "out", "dmz1", "dmz2"];

    /// <summary>A policy of a base list and chains that it jumps to.</summary>
    public Policy Policy(int rules) => PolicySample.Policy(
        PolicySample.List("base",
            [.. Rules(rules, "chain"), PolicySample.Default(PolicyAction.Drop)]),
        PolicySample.Chain("chain", [.. Rules(rules, "last")]),
        PolicySample.Chain("last", [.. Rules(rules, null)]),
        PolicySample.List("windows", [.. Rules(rules, null), PolicySample.Default(PolicyAction.Drop)]) with
        {
            Order = PolicyOrder.BlockFirst,
        });

    /// <summary>Rules that decide, without conditions and open parts.</summary>
    public ImmutableArray<PolicyRule> SureRules(int count) => [.. Enumerable.Range(1, count).Select(number =>
        Plain(number, random.Next(2) == 0 ? PolicyAction.Permit : PolicyAction.Drop))];

    /// <summary>A packet.</summary>
    public PolicyProbe Probe()
    {
        var protocol = Pick<byte>(6, 6, 17, 1, 47);
        var hasPorts = protocol is 6 or 17;
        return new PolicyProbe(Address(), Address(), new IpProtocol(protocol),
            hasPorts ? Pick<ushort?>(1, 2, 3, null) : null, hasPorts ? Pick<ushort?>(1, 2, 3, 4, 5, null) : null)
        {
            IcmpType = protocol == 1 ? Pick<byte?>(0, 8, null) : null,
            State = Pick(ConnectionStates.New, ConnectionStates.Established),
            FromZone = Pick(null, "in", "out", "dmz1", "elsewhere"),
            ToZone = Pick(null, "in", "out", "dmz2"),
            IsRpcPort = Pick<bool?>(null, true, false),
        };
    }

    private IEnumerable<PolicyRule> Rules(int count, string? target)
    {
        for (var number = 1; number <= count; number++)
        {
            var action = Pick(PolicyAction.Permit, PolicyAction.Drop, PolicyAction.Reject, PolicyAction.Continue,
                target is null ? PolicyAction.Permit : PolicyAction.Jump,
                target is null ? PolicyAction.Drop : PolicyAction.Goto, PolicyAction.Return);
            var rule = Plain(number, action);
            yield return rule with
            {
                Target = action is PolicyAction.Jump or PolicyAction.Goto
                    ? random.Next(20) == 0 ? "nowhere" : target : null,
                IsEnabled = random.Next(10) > 0,
                Source = rule.Source with { IsOpen = random.Next(20) == 0 },
                Services = random.Next(20) == 0 ? [ServiceMatch.Unknown] : rule.Services,
                From = random.Next(4) == 0 ? Zone() : ZoneMatch.Any,
                To = random.Next(4) == 0 ? Zone() : ZoneMatch.Any,
                Conditions = random.Next(10) == 0
                    ? [new PolicyCondition(Pick(ConditionKind.RpcPort, ConditionKind.Schedule), "if")] : [],
            };
        }
    }

    private PolicyRule Plain(int number, PolicyAction action) => PolicySample.Rule(number, action) with
    {
        Source = new AddressMatch(AddressRange()),
        Destination = new AddressMatch(AddressRange()),
        Services = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Service())],
        States = Pick(ConnectionStates.All, ConnectionStates.All, ConnectionStates.New),
    };

    private ZoneMatch Zone() =>
        new([Pick([.. Zones, "dmz*"]), Pick(Zones)], IsNegated: random.Next(4) == 0);

    private IntervalSet<UInt128> AddressRange() => random.Next(3) switch
    {
        0 => AddressSet.Any,
        1 => AddressSet.Of(Address()),
        _ => AddressSet.Of(Address(), Address()).Union(AddressSet.Of(Address())),
    };

    private ServiceMatch Service() => random.Next(5) switch
    {
        0 => ServiceMatch.Any,
        1 => ServiceMatch.OfProtocols(IntervalSet.Of<byte>(1, 17)),
        2 => PolicySample.Tcp(Pick<ushort>(1, 2, 3), Pick<ushort>(3, 4, 5)),
        3 => ServiceMatch.Of(IpProtocol.Udp) with { SourcePorts = IntervalSet.Of<ushort>(1, 2) },
        _ => ServiceMatch.Of(IpProtocol.Icmp) with { IcmpTypes = IntervalSet.Of<byte>(8) },
    };

    private IpAddress Address() => random.Next(4) == 0
        ? AddressSet.Address((UInt128)(uint)random.Next(8))
        : IpAddress.FromIpv4((uint)random.Next(16));

    private T Pick<T>(params T[] values) => values[random.Next(values.Length)];
}
