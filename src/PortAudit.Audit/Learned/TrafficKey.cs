using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PortAudit.Audit.Catalog;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Learned;

/// <summary>A service that one role, in one segment, uses of another: what a baseline learns and an audit compares.
/// It must not change with what a capture happens to show, so that the same traffic is the same service on every
/// day.</summary>
/// <param name="FromRole">Role of the originators.</param>
/// <param name="ToRole">Role of the responders.</param>
/// <param name="FromSegment">Segment of the originators; empty when none holds them.</param>
/// <param name="ToSegment">Segment of the responders.</param>
/// <param name="Transport">IP protocol.</param>
/// <param name="Ports">Port of the responders; the range of a rule of few ports; <see cref="Dynamic"/>; empty without
/// ports.</param>
/// <param name="Name">Protocol, and service where a connection has one alone: <c>http/winrm</c>; empty when no bytes
/// prove it.</param>
internal readonly record struct TrafficKey(string FromRole, string ToRole, string FromSegment, string ToSegment,
    IpProtocol Transport, string Ports, string Name)
{
    /// <summary>Stands for ports that are given out for a time: announced ones, those of a rule's wide range, and those
    /// from 49152 (RFC 6335 §6).</summary>
    public const string Dynamic = "dynamic";

    /// <summary>Ports of a rule up to which its range names a service.</summary>
    private const int MaximumNamedRange = 100;

    /// <summary>Length of <see cref="Id"/> in hexadecimal digits.</summary>
    private const int IdLength = 12;

    /// <summary>By roles, transport, ports and name, then by segments.</summary>
    public static Comparer<TrafficKey> Order { get; } = Comparer<TrafficKey>.Create((a, b) =>
    {
        var order = string.CompareOrdinal(a.FromRole, b.FromRole);
        order = order != 0 ? order : string.CompareOrdinal(a.ToRole, b.ToRole);
        order = order != 0 ? order : a.Transport.Value.CompareTo(b.Transport.Value);
        order = order != 0 ? order : a.Ports.Length.CompareTo(b.Ports.Length);
        order = order != 0 ? order : string.CompareOrdinal(a.Ports, b.Ports);
        order = order != 0 ? order : string.CompareOrdinal(a.Name, b.Name);
        order = order != 0 ? order : string.CompareOrdinal(a.FromSegment, b.FromSegment);
        return order != 0 ? order : string.CompareOrdinal(a.ToSegment, b.ToSegment);
    });

    public static TrafficKey Persisted(StateArchive archive, TrafficKey key) => new(
        archive.Text(key.FromRole ?? ""), archive.Text(key.ToRole ?? ""), archive.Text(key.FromSegment ?? ""),
        archive.Text(key.ToSegment ?? ""), archive.Transport(key.Transport), archive.Text(key.Ports ?? ""),
        archive.Text(key.Name ?? ""));

    /// <summary>Identifier that is the same in every baseline.</summary>
    public string Id
    {
        get
        {
            var text = $"{FromRole}\n{ToRole}\n{FromSegment}\n{ToSegment}\n{Transport}\n{Ports}\n{Name}";
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..IdLength];
        }
    }

    /// <summary>The service without its segments.</summary>
    public TrafficKey BetweenRoles => this with { FromSegment = "", ToSegment = "" };

    /// <summary>What services have in common that may be one under two names.</summary>
    public TrafficKey OnPorts => this with { FromSegment = "", ToSegment = "", Name = "" };

    /// <summary>For example <c>tcp 5985 http</c>.</summary>
    public string Service => string.Join(' ', new[]
    {
        Transport.ToString(), Ports == Dynamic ? "dynamic ports" : Ports, Name,
    }.Where(part => part.Length > 0));

    /// <summary>The service of a flow; null for one that is no matter of learning: housekeeping, traffic out of scope,
    /// attempts and TCP connections without data, and flows of which neither bytes nor a rule tell who opened
    /// them.</summary>
    public static TrafficKey? Of(Judgement judgement)
    {
        var flow = judgement.Flow;
        var isAllowed = judgement.Verdict.IsAllowed();
        var isUsed = flow.Transport == IpProtocol.Tcp
            ? flow.Outcome.Passed() && flow.Out.PayloadBytes + flow.In.PayloadBytes > 0
            : flow.Outcome.Passed() || isAllowed;
        if (!isUsed || judgement.Verdict is Verdict.Background or Verdict.OutOfScope || flow.IsIceCheck
            || (!isAllowed && flow.IsGuessed()))
            return null;
        return new TrafficKey(judgement.FromRole, judgement.ToRole, judgement.Originator.Segment ?? "",
            judgement.Responder.Segment ?? "", flow.Transport, PortsOf(judgement), NameOf(flow));
    }

    /// <summary>True when a service of the same <see cref="OnPorts"/>, learned under another name, may be this one:
    /// nothing proves either name, or the one says less than the other.</summary>
    public bool MayBe(TrafficKey learned) => Name.Length == 0 || Name == learned.Name
        || (learned.Name.Length == 0 && Ports != Dynamic)
        || (learned.Name.Length > Name.Length && learned.Name[Name.Length] == '/'
            && learned.Name.StartsWith(Name, StringComparison.Ordinal));

    private static string PortsOf(Judgement judgement)
    {
        var flow = judgement.Flow;
        if (!flow.Transport.HasPorts)
            return "";
        var port = flow.Responder.Port;
        if (judgement.Verdict.IsAllowed() || judgement.Verdict == Verdict.UnexplainedDynamic)
        {
            var range = judgement.Shown?.Ports.Where(ports => ports.Contains(port)).OrderBy(ports => ports.Size)
                .Select(ports => (PortRange?)ports).FirstOrDefault();
            if (range is { IsSingle: false } wide)
                return wide.Size <= MaximumNamedRange ? wide.ToString() : Dynamic;
        }

        return flow.Announcement is not null || port >= PortRange.FirstDynamic
            ? Dynamic
            : port.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>What bytes prove. What runs inside TLS is left out, as it shows in some handshakes only; so is what SMB
    /// and RPC carry, as a connection carries several things.</summary>
    private static string NameOf(FlowRecord flow)
    {
        if (flow.Protocol is not { } protocol || !ProtocolComparison.IsProof(flow.ProtocolBasis))
            return "";
        var isNamedByService = ProtocolRegistry.Find(protocol) is
        { HidesContent: false, HasInterfaces: false, CarriesSeveral: false };
        return isNamedByService && flow.Service is { } service && ProtocolComparison.IsProof(flow.ServiceBasis)
            ? $"{protocol}/{service}"
            : protocol;
    }
}
