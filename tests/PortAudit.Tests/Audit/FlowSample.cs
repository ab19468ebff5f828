using System.Globalization;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Audit;

/// <summary>Makes flows from a line of text.</summary>
internal static class FlowSample
{
    /// <summary>2024-05-01 10:12:03 UTC.</summary>
    public const long Start = 1_714_558_323_000_000_000;

    public const long Second = 1_000_000_000;

    /// <summary>An established flow of basis <c>syn</c> from <c>ADDRESS:PORT TRANSPORT ADDRESS:PORT</c>, with a packet
    /// each way.</summary>
    public static FlowRecord Of(string line)
    {
        var words = line.Split(' ');
        Assert.True(IpProtocol.TryParse(words[1], out var transport));
        return new FlowRecord
        {
            Id = Mix(0, line),
            CapturePoint = "",
            Capture = 0,
            StartNs = Start,
            EndNs = Start + Second,
            TimestampDigits = 6,
            Transport = transport,
            Vlan = VlanTags.None,
            Originator = EndOf(words[0]),
            Responder = EndOf(words[2]),
            DirectionBasis = DirectionBasis.Syn,
            Outcome = Outcome.Established,
            History = "ShADad",
            Out = new DirectionCounters(3, 300, 30),
            In = new DirectionCounters(2, 200, 20),
            SynCount = transport == IpProtocol.Tcp ? 1 : 0,
        };
    }

    public static FlowRecord Proving(this FlowRecord flow, string protocol, string? service = null) => flow with
    {
        Protocol = protocol,
        ProtocolBasis = IdentificationBasis.Payload,
        Service = service,
        ServiceBasis = service is null ? IdentificationBasis.None : IdentificationBasis.Handshake,
        Tls = protocol == "tls" ? Handshake(service) : null,
    };

    /// <summary>Its port announced by DCE/RPC. What bytes named stands; else it is <c>dcerpc</c> and, where no other
    /// protocol is there, <paramref name="service"/>.</summary>
    public static FlowRecord Announced(this FlowRecord flow, string? service,
        AnnouncementGrade grade = AnnouncementGrade.ToThisClient)
    {
        var announcement = AnnouncementSample.Of(flow, 1, "dcerpc", service) with
        {
            IsOnPortItself = grade == AnnouncementGrade.OnPortItself,
            For = grade == AnnouncementGrade.ToThisClient ? flow.Originator.Address : AddressOf("10.9.9.9"),
        };
        var named = flow.Protocol is null
            ? flow with { Protocol = "dcerpc", ProtocolBasis = IdentificationBasis.Announced }
            : flow;
        var isServiceKnown = named.Service is not null || named.Protocol != "dcerpc" || service is null;
        return named with
        {
            Service = isServiceKnown ? named.Service : service,
            ServiceBasis = isServiceKnown ? named.ServiceBasis : IdentificationBasis.Announced,
            Announcement = new AnnouncementMatch(announcement, grade),
        };
    }

    public static FlowRecord At(this FlowRecord flow, int second) => flow with
    {
        StartNs = Start + (second * Second),
        EndNs = Start + ((second + 1) * Second),
        Id = Mix(flow.Id, $"@{second}"),
    };

    public static FlowRecord Ending(this FlowRecord flow, Outcome outcome) => flow with
    {
        Outcome = outcome,
        In = outcome is Outcome.Unanswered or Outcome.Rejected or Outcome.OneWay or Outcome.Undecided
            ? default
            : flow.In,
        Id = Mix(flow.Id, $"{outcome}"),
    };

    public static FlowRecord Basis(this FlowRecord flow, DirectionBasis basis) => flow with { DirectionBasis = basis };

    public static FlowRecord On(this FlowRecord flow, string point) =>
        flow with { CapturePoint = point, Id = Mix(flow.Id, point) };

    /// <summary>A number of its own for each text (FNV-1a).</summary>
    public static ulong Mix(ulong seed, string text) =>
        text.Aggregate(seed ^ 0xCBF2_9CE4_8422_2325, (hash, letter) => (hash ^ letter) * 0x100_0000_01B3);

    public static IpAddress AddressOf(string text)
    {
        Assert.True(IpAddress.TryParse(text, out var address));
        return address;
    }

    private static TlsHandshake Handshake(string? alpn) => new()
    {
        Version = 0x0303,
        SawServerHello = true,
        SelectedAlpn = alpn,
        ClientCertificate = ClientCertificate.Presented,
    };

    private static Endpoint EndOf(string text)
    {
        var colon = text.LastIndexOf(':');
        return new Endpoint(AddressOf(text[..colon].Trim('[', ']')),
            ushort.Parse(text[(colon + 1)..], CultureInfo.InvariantCulture));
    }
}
