using System.Collections.Immutable;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>A known application protocol with all its parts, each optional: the rest of the program uses the row and
/// never compares names.</summary>
/// <param name="Name">Registry name: Wireshark's display filter name if that is the usual name, else ours.</param>
/// <param name="Title">Full name for readers.</param>
public sealed record ProtocolRow(string Name, string Title)
{
    /// <summary>Registered TCP ports (IANA service names, or vendor documents): hints for direction and for a name with
    /// basis <c>port</c>.</summary>
    public ImmutableArray<ushort> TcpPorts { get; init; } = [];

    /// <summary>Registered UDP ports.</summary>
    public ImmutableArray<ushort> UdpPorts { get; init; } = [];

    /// <summary>True when it encrypts its content after the handshake.</summary>
    public bool HidesContent { get; init; }

    /// <summary>True when it carries packets or frames of other protocols, or sets up a tunnel for them: allowing it
    /// allows any of these.</summary>
    public bool IsTunnel { get; init; }

    /// <summary>True when it carries file contents only: it has no bytes of its own, and a file may look like any
    /// protocol.</summary>
    public bool CarriesFiles { get; init; }

    /// <summary>True when the endpoints may switch to TLS (STARTTLS and similar): the first messages do not show
    /// whether they did.</summary>
    public bool MayStartTls { get; init; }

    /// <summary>IP protocol numbers of this protocol alone.</summary>
    public ImmutableArray<ushort> IpProtocols { get; init; } = [];

    /// <summary>Recogniser for TCP; null when not used over TCP or without recognisable bytes.</summary>
    public IRecogniser? OverTcp { get; init; }

    /// <summary>Recogniser for UDP; null when not used over UDP or without recognisable bytes.</summary>
    public IRecogniser? OverUdp { get; init; }

    /// <summary>Recogniser of traffic hidden in ICMP echo messages; null for every other protocol.</summary>
    public IRecogniser? OverIcmp { get; init; }

    /// <summary>Other rows that a rule for this one accepts, too: versions and dialects of the service that documents
    /// do not distinguish. STUN and its Microsoft dialect are not kin: a rule lists both where both may
    /// occur.</summary>
    public ImmutableArray<string> Kin { get; init; } = [];

    /// <summary>True for media, whose datagrams need no answer: RTP and RTCP flow in each direction independently, or
    /// one way only (RFC 3264 §5.1: <c>a=sendonly</c>). SRTP is named <c>rtp</c>, too.</summary>
    public bool IsMedia { get; init; }

    /// <summary>True when hosts use it to query many others, as Windows servers query their clients' NetBIOS names:
    /// unanswered queries are then no sure sign of a scan.</summary>
    public bool IsDiscovery { get; init; }

    /// <summary>True when hosts ask their neighbours for names and services with it, and any of them may
    /// answer.</summary>
    public bool AsksNeighbours { get; init; }

    /// <summary>True for reports on media, on a port that is announced together with theirs: many who send media leave
    /// them out (RFC 3550 §6.2).</summary>
    public bool IsMediaReport { get; init; }

    /// <summary>Names of the rows that announce the ports of media in its calls, in most cases itself; empty for a
    /// protocol that sets up no calls.</summary>
    public ImmutableArray<string> MediaAnnouncers { get; init; } = [];

    /// <summary>True when the ends of a call try by it which way leads to the other before media take it (ICE, RFC 8445
    /// §7).</summary>
    public bool ChecksPaths { get; init; }

    /// <summary>True for what opens relayed ways for media, and carries them (TURN, RFC 8656 §2).</summary>
    public bool RelaysMedia { get; init; }

    /// <summary>True for questions and their answers, or notices, alone: no media, screens or tunnels look like
    /// it.</summary>
    public bool IsQueries { get; init; }

    /// <summary>True for the layer that any other protocol may be within: its name alone says nothing of the service
    /// (RFC 8446 §1).</summary>
    public bool IsSecurityLayer { get; init; }

    /// <summary>True when clients may ask by it to be connected to another host: it is served here, and what follows is
    /// that host's.</summary>
    public bool IsProxy { get; init; }

    /// <summary>True when programs of all kinds offer their services through it, each as an interface (C706 §2.1): its
    /// name says nothing of what is done.</summary>
    public bool HasInterfaces { get; init; }

    /// <summary>True when a connection carries several services at once, so that none of them names it.</summary>
    public bool CarriesSeveral { get; init; }

    /// <summary>How many ports what it announces needs at least: with fewer, some services do not start; 0 when no
    /// document says so.</summary>
    public int LeastDynamicPorts { get; init; }

    /// <summary>True when hosts send it to the broadcast address of their network, and nobody has to answer.</summary>
    public bool IsBroadcast { get; init; }

    /// <summary>Ports of the server and of its clients between which answers go to all hosts, as who asked has no
    /// address yet; null for a protocol without such answers.</summary>
    public (ushort Server, ushort Client)? AnswersToAll { get; init; }

    /// <summary>True for browsing and for what every host does on its own: between two hosts it stands out
    /// least.</summary>
    public bool IsOrdinary { get; init; }

    /// <summary>True when one host controls another by it.</summary>
    public bool IsRemoteControl { get; init; }

    /// <summary>True when it carries calls of other services, among them such as control hosts, whatever else it is
    /// used for.</summary>
    public bool CarriesControl { get; init; }

    /// <summary>The first and the last of the TCP ports that it has for displays or sessions; null when its
    /// <see cref="TcpPorts"/> are all.</summary>
    public (ushort First, ushort Last)? DisplayPorts { get; init; }

    /// <summary>Its forms that should not be used any more.</summary>
    public ImmutableArray<ObsoleteForm> ObsoleteForms { get; init; } = [];

    /// <summary>ALPN names of the protocol within TLS (IANA "TLS Application-Layer Protocol Negotiation (ALPN) Protocol
    /// IDs", and unregistered ones in use). A trailing <c>*</c> matches any name with that prefix.</summary>
    internal ImmutableArray<string> AlpnNames { get; init; } = [];

    /// <summary>Reads names of addresses; null without any.</summary>
    internal INameReader? Names { get; init; }

    /// <summary>Measures data carried in names; null without queried names.</summary>
    internal NameContentReader? NameContent { get; init; }

    /// <summary>Reads client authentication; null when all of it is secure, or none is visible.</summary>
    internal ICredentialReader? Credentials { get; init; }

    /// <summary>Creates a tracker of announced ports; null when it announces none.</summary>
    internal Func<IDynamicPortTracker>? Tracker { get; init; }

    /// <summary>Reads from the starts of both streams whether a request was refused; null when not supported, or done
    /// by the tracker.</summary>
    internal RefusalReader? Refusals { get; init; }

    /// <summary>Condenses its handshake into notes kept until the flow ends; null without.</summary>
    internal HandshakeNoteWriter? HandshakeNotes { get; init; }
}
