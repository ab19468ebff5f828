using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>
/// Wireshark display filters, in the form that Wireshark's own "Conversation Filter" gives them: both addresses, both
/// ports, whichever is source. An ICMP error repeats the fields of the packet that it quotes: where none is among the
/// frames of a flow, they are left out.
/// </summary>
internal static class DisplayFilter
{
    /// <summary>Types of the errors of ICMP: unreachable, source quench, redirect, time exceeded and parameter problem
    /// (RFC 792).</summary>
    private const string IcmpErrors = "icmp.type in {3..5,11..12}";

    /// <summary>Types of the errors of ICMPv6 (RFC 4443 §2.1), and its redirect (RFC 4861 §4.5).</summary>
    private const string Icmpv6Errors = "icmpv6.type in {1..4,137}";

    private static readonly IpProtocol[] WithPortFields = [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp];

    /// <summary>Selects the packets of both directions of all <paramref name="flows"/>; empty if none.</summary>
    public static string OfFlows(ImmutableArray<FlowTuple> flows, FilterGrain grain)
    {
        ImmutableArray<string> terms = [.. flows.Order().GroupBy(flow => Shared(flow, grain))
            .Select(group => OfGroup(group.Key, [.. group], grain)).Distinct(StringComparer.Ordinal)];
        return terms.Length == 1 ? terms[0] : string.Join(" || ", terms.Select(term => $"({term})"));
    }

    /// <summary>Selects exactly these frames of a file (set membership as Wireshark 4.0 writes it); empty if
    /// none.</summary>
    public static string OfFrames(ImmutableArray<long> numbers) =>
        numbers.IsEmpty ? "" : $"frame.number in {Set(numbers)}";

    /// <summary>What flows must have in common to stand in one term: all but the originator's port, unless it is the
    /// responder's, too, which any flow of that port would meet.</summary>
    private static FlowTuple Shared(FlowTuple flow, FilterGrain grain) =>
        grain == FilterGrain.Exact && WithPortFields.Contains(flow.Transport)
        && flow.Originator.Port != flow.Responder.Port
            ? flow with { Originator = flow.Originator with { Port = 0 } }
            : flow;

    private static string OfGroup(FlowTuple shared, ImmutableArray<FlowTuple> flows, FilterGrain grain)
    {
        ImmutableArray<string> terms =
        [
            .. Vlans(shared.Vlan), .. Addresses(shared, grain), .. Service(shared, flows, grain),
            .. Errors(shared, grain),
        ];
        return terms.IsEmpty ? shared.Transport.ToString() : string.Join(" && ", terms);
    }

    private static IEnumerable<string> Addresses(FlowTuple flow, FilterGrain grain)
    {
        var (a, b) = (flow.Originator.Address, flow.Responder.Address);
        if (grain <= FilterGrain.HostPair && a == b)
            yield return $"{Family(a)}.src=={a} && {Family(a)}.dst=={a}";
        else if (grain <= FilterGrain.HostPair)
            yield return $"{Family(a)}.addr=={a} && {Family(b)}.addr=={b}";
        else if (grain == FilterGrain.Responder)
            yield return $"{Family(b)}.addr=={b}";
        else if (grain == FilterGrain.Originator)
            yield return $"{Family(a)}.addr=={a}";
    }

    private static IEnumerable<string> Service(FlowTuple shared, ImmutableArray<FlowTuple> flows, FilterGrain grain)
    {
        if (grain == FilterGrain.Transport && shared.Transport.HasPorts)
            return [];
        if (grain == FilterGrain.Originator && shared.Transport.HasPorts)
            return [shared.Transport.ToString()];
        if (shared.Transport.IsIcmp)
            return [Icmp(shared)];
        if (!WithPortFields.Contains(shared.Transport))
            return [string.Create(CultureInfo.InvariantCulture,
                $"(ip.proto=={shared.Transport.Value} || ipv6.nxt=={shared.Transport.Value})")];
        if (grain != FilterGrain.Exact)
            return [Port(shared.Transport, shared.Responder.Port)];
        return shared.IsFragmented
            ? [$"(({string.Join(" && ", BothPorts(shared, flows))}) || {Fragments(shared)})"]
            : BothPorts(shared, flows);
    }

    /// <summary>Fragments between the two hosts: Wireshark shows ports in the one that completes a datagram, or in the
    /// first, by its settings.</summary>
    private static string Fragments(FlowTuple flow) => flow.Responder.Address.IsIpv4
        ? string.Create(CultureInfo.InvariantCulture,
            $"(ip.proto=={flow.Transport.Value} && (ip.flags.mf==1 || ip.frag_offset>0))")
        : string.Create(CultureInfo.InvariantCulture, $"ipv6.fraghdr.nxt=={flow.Transport.Value}");

    /// <summary>Leaves out ICMP errors that quote the flow and do not belong to it. Datagrams may be a tunnel, whose
    /// other ICMP is theirs.</summary>
    private static IEnumerable<string> Errors(FlowTuple flow, FilterGrain grain)
    {
        if (grain != FilterGrain.Exact || flow.HasErrors || !WithPortFields.Contains(flow.Transport))
            yield break;
        var isIpv4 = flow.Responder.Address.IsIpv4;
        if (flow.Transport == IpProtocol.Udp)
            yield return $"!({(isIpv4 ? IcmpErrors : Icmpv6Errors)})";
        else
            yield return isIpv4 ? "!icmp" : "!icmpv6";
    }

    /// <summary>The responder's port and those of the originators; a flow between equal ports needs both fields
    /// named.</summary>
    private static IEnumerable<string> BothPorts(FlowTuple shared, ImmutableArray<FlowTuple> flows)
    {
        var service = shared.Responder.Port;
        ImmutableArray<long> others = [.. flows.Select(flow => (long)flow.Originator.Port).Distinct().Order()];
        if (others is [var same] && same == service)
            return [string.Create(CultureInfo.InvariantCulture,
                $"{shared.Transport}.srcport=={service} && {shared.Transport}.dstport=={service}")];
        var originators =
            others is [var only] ? Port(shared.Transport, only) : $"{shared.Transport}.port in {Set(others)}";
        return [Port(shared.Transport, service), originators];
    }

    private static string Port(IpProtocol transport, long port) =>
        string.Create(CultureInfo.InvariantCulture, $"{transport}.port=={port}");

    private static string Icmp(FlowTuple flow)
    {
        var field = flow.Transport == IpProtocol.Icmp ? "icmp.type" : "icmpv6.type";
        var answer = AnswerType(flow.Transport, flow.Originator.Port);
        return answer == flow.Originator.Port
            ? string.Create(CultureInfo.InvariantCulture, $"{field}=={flow.Originator.Port}")
            : string.Create(CultureInfo.InvariantCulture, $"{field} in {{{flow.Originator.Port},{answer}}}");
    }

    // RFC 792: echo 8/0, timestamp 13/14, information 15/16; RFC 950: mask 17/18; RFC 4443 §4: echo 128/129.
    private static int AnswerType(IpProtocol transport, ushort type) => (transport == IpProtocol.Icmp, type) switch
    {
        (true, 8) => 0,
        (true, 13 or 15 or 17) => type + 1,
        (false, 128) => 129,
        _ => type,
    };

    private static IEnumerable<string> Vlans(VlanTags vlan)
    {
        if (vlan.Outer != 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"vlan.id=={vlan.Outer - 1}");
        if (vlan.Inner != 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"vlan.id=={vlan.Inner - 1}");
    }

    private static string Family(IpAddress address) => address.IsIpv4 ? "ip" : "ipv6";

    /// <summary>A set of ascending numbers; neighbours are written as a range.</summary>
    private static string Set(ImmutableArray<long> numbers)
    {
        var parts = new List<string>();
        for (var first = 0; first < numbers.Length;)
        {
            var last = first;
            while (last + 1 < numbers.Length && numbers[last + 1] == numbers[last] + 1)
                last++;
            parts.Add(first == last
                ? numbers[first].ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{numbers[first]}..{numbers[last]}"));
            first = last + 1;
        }

        return $"{{{string.Join(',', parts)}}}";
    }
}
