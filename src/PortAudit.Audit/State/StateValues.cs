using System.Collections.Immutable;
using PortAudit.Audit.Matching;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.State;

/// <summary>How the small values of which a state is made are persisted.</summary>
internal static class StateValues
{
    public static string Text(this StateArchive archive, string text) => archive.Text(text);

    public static (string From, string To) Names(StateArchive archive, (string From, string To) names) =>
        (archive.Text(names.From), archive.Text(names.To));

    public static ushort Port(StateArchive archive, ushort port) => archive.Port(port);

    public static IpProtocol Transport(this StateArchive archive, IpProtocol transport) =>
        new(archive.Octet(transport.Value));

    public static IpAddress Address(this StateArchive archive, IpAddress address) => archive.Flag(address.IsIpv4)
        ? IpAddress.FromIpv4((uint)archive.Unsigned(address.Ipv4Value))
        : new IpAddress(archive.Unsigned(address.High), archive.Unsigned(address.Low));

    public static Endpoint Endpoint(this StateArchive archive, Endpoint end) =>
        new(archive.Address(end.Address), archive.Port(end.Port));

    public static VlanTags Vlan(this StateArchive archive, VlanTags vlan) =>
        new(archive.Port(vlan.Outer), archive.Port(vlan.Inner));

    /// <summary>A frame of a capture of the observation.</summary>
    public static FrameReference Frame(this StateArchive archive, FrameReference frame) =>
        new(archive.Capture(frame.Capture), archive.Number(frame.Number));

    /// <summary>Index of a capture of the observation.</summary>
    public static int Capture(this StateArchive archive, int capture) =>
        archive.Index(capture, archive.Captures - 1) + archive.CapturesBefore;

    /// <summary>A list of roles of the site, by index.</summary>
    public static ImmutableArray<string> Roles(this StateArchive archive, ImmutableArray<string> roles)
    {
        var index = archive.Count(roles.IsDefault ? 0 : archive.Knowledge.IndexOf(roles));
        var known = archive.Knowledge.RolesAt(index);
        archive.Require(known is not null, "there are no such roles");
        return known!.Value;
    }

    /// <summary>A host, by its address; the site gives the rest.</summary>
    public static HostIdentity Host(this StateArchive archive, HostIdentity? host)
    {
        var address = archive.Address(host?.Address ?? default);
        return host ?? archive.Knowledge.HostOf(address);
    }

    /// <summary>A verdict, by its flow as it was observed: site and catalogs give it again. The reach that rests on
    /// other flows is kept.</summary>
    public static Judgement Judgement(this StateArchive archive, Judgement? judgement)
    {
        var flow = archive.Flow(judgement?.Observed);
        var own = judgement ?? archive.Knowledge.Judge(flow);
        return own with
        {
            SettledReach = archive.Optional(own.SettledReach, static (archive, reach) => archive.Word(reach)),
            ReachBasis = archive.Word(own.ReachBasis),
            Elsewhere = archive.Array(own.Elsewhere, FlowContent.Flow),
        };
    }

    /// <summary>A rule or a caution, by index.</summary>
    public static BoundRule Rule(this StateArchive archive, BoundRule? rule)
    {
        var index = archive.Count(rule?.Index ?? 0);
        var known = rule ?? archive.Knowledge.RuleAt(index);
        archive.Require(known is not null, "there is no such rule");
        return known!;
    }
}
