using System.Collections.Immutable;
using System.Globalization;
using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Findings;

/// <summary>
/// Wireshark display filters. Source and destination are named in pairs: <c>ip.addr==A &amp;&amp; tcp.port==P</c> would also select
/// the mirror image. An ICMP error repeats the fields of the packet it quotes, and so is selected with its flow.
/// </summary>
internal static class DisplayFilter
{
    private static readonly IpProtocol[] WithPortFields = [IpProtocol.Tcp, IpProtocol.Udp, IpProtocol.Sctp];

    /// <summary>Selects the packets of both directions of all <paramref name="flows"/>; empty without any.</summary>
    public static string OfFlows(ImmutableArray<FlowTuple> flows, FilterGrain grain) =>
        string.Join(" || ", flows.Order().Select(flow => OfFlow(flow, grain)).Distinct(StringComparer.Ordinal));

    /// <summary>Selects exactly these frames of a file (set membership as Wireshark 4.0 writes it); empty without any.</summary>
    public static string OfFrames(ImmutableArray<long> numbers) => numbers.IsEmpty
        ? ""
        : $"frame.number in {{{string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}}}";

    private static string OfFlow(FlowTuple flow, FilterGrain grain)
    {
        var vlan = Vlans(flow.Vlan);
        if (!flow.Transport.HasPorts)
            return Join([.. vlan, .. Addresses(flow, grain), .. Portless(flow)]);
        if (grain == FilterGrain.Transport)
            return flow.Transport.ToString();

        var there = Join([.. Ends(flow.Transport, flow.Originator, "src", grain <= FilterGrain.HostPair, grain == FilterGrain.Exact), .. Responder(flow, "dst", grain)]);
        var back = Join([.. Responder(flow, "src", grain), .. Ends(flow.Transport, flow.Originator, "dst", grain <= FilterGrain.HostPair, grain == FilterGrain.Exact)]);
        return Join([.. vlan, $"({there} || {back})"]);
    }

    private static IEnumerable<string> Responder(FlowTuple flow, string side, FilterGrain grain) =>
        Ends(flow.Transport, flow.Responder, side, grain <= FilterGrain.Responder, true);

    private static IEnumerable<string> Ends(IpProtocol transport, Endpoint end, string side, bool withAddress, bool withPort)
    {
        if (withAddress)
            yield return $"{Family(end.Address)}.{side}=={end.Address}";
        if (withPort && WithPortFields.Contains(transport))
            yield return string.Create(CultureInfo.InvariantCulture, $"{transport}.{side}port=={end.Port}");
    }

    private static IEnumerable<string> Addresses(FlowTuple flow, FilterGrain grain)
    {
        var (a, b) = (flow.Originator.Address, flow.Responder.Address);
        if (grain <= FilterGrain.HostPair)
            yield return $"(({Family(a)}.src=={a} && {Family(b)}.dst=={b}) || ({Family(b)}.src=={b} && {Family(a)}.dst=={a}))";
        else if (grain == FilterGrain.Responder)
            yield return $"{Family(b)}.addr=={b}";
    }

    private static IEnumerable<string> Portless(FlowTuple flow)
    {
        if (!flow.Transport.IsIcmp)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"(ip.proto=={flow.Transport.Value} || ipv6.nxt=={flow.Transport.Value})");
            yield break;
        }

        var field = flow.Transport == IpProtocol.Icmp ? "icmp.type" : "icmpv6.type";
        yield return string.Create(CultureInfo.InvariantCulture, $"{field} in {{{flow.Originator.Port},{AnswerType(flow.Transport, flow.Originator.Port)}}}");
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

    private static string Join(ImmutableArray<string> terms) => terms.Length == 1 ? terms[0] : $"({string.Join(" && ", terms)})";
}
