using System.Collections.Immutable;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>
/// One application protocol that PortAudit knows by name, with all its parts: everything else in the program asks the
/// row and never compares names. All parts are optional.
/// </summary>
/// <param name="Name">Registry name: Wireshark's display-filter name where there is one, ours elsewhere.</param>
/// <param name="Title">Full name for a reader.</param>
public sealed record ProtocolRow(string Name, string Title)
{
    /// <summary>TCP ports registered for it (IANA service names, or the vendor's documents): hints for direction and
    /// for a name of basis <c>port</c>.</summary>
    public ImmutableArray<ushort> TcpPorts { get; init; } = [];

    /// <summary>UDP ports registered for it.</summary>
    public ImmutableArray<ushort> UdpPorts { get; init; } = [];

    /// <summary>True when it encrypts what it carries: behind its handshake no content can be read.</summary>
    public bool HidesContent { get; init; }

    /// <summary>True when whole packets or frames of others travel in it, or it sets up what they travel in: who lets
    /// it pass lets pass whatever that is.</summary>
    public bool IsTunnel { get; init; }

    /// <summary>True when it carries what files hold and nothing else: no bytes tell it, and those of a file may be of
    /// any protocol.</summary>
    public bool CarriesFiles { get; init; }

    /// <summary>True when its two ends may agree to go on in TLS (STARTTLS and the like): what one of them says in
    /// clear at first does not tell whether they did.</summary>
    public bool MayStartTls { get; init; }

    /// <summary>IP protocol numbers that are this protocol's alone: the IP header names it.</summary>
    public ImmutableArray<ushort> IpProtocols { get; init; } = [];

    /// <summary>Recognises it by the bytes of a TCP connection; null for a protocol that is not spoken over TCP, or has
    /// no bytes of its own.</summary>
    public IRecogniser? OverTcp { get; init; }

    /// <summary>Recognises it by UDP datagrams; null for a protocol that is not spoken over UDP, or has no bytes of its
    /// own.</summary>
    public IRecogniser? OverUdp { get; init; }

    /// <summary>Recognises by echo messages what hides in ICMP, which the IP header names already; null for every other
    /// protocol.</summary>
    public IRecogniser? OverIcmp { get; init; }

    /// <summary>
    /// Names of other rows that a rule for this one accepts as well: versions and dialects of the same service, which
    /// differ on the wire but not in the documents. STUN and its Microsoft dialect are not kin: a rule lists both where
    /// both may occur.
    /// </summary>
    public ImmutableArray<string> Kin { get; init; } = [];

    /// <summary>
    /// True for media, whose datagrams ask for no answer: RTP and RTCP go each way independently, or one way only (RFC
    /// 3264 §5.1: <c>a=sendonly</c>). SRTP is named <c>rtp</c> too.
    /// </summary>
    public bool IsMedia { get; init; }

    /// <summary>
    /// True when hosts ask many others by it who they are, as Windows servers ask each of their clients for its NetBIOS
    /// names: questions that stay unanswered are no sure sign of a scan.
    /// </summary>
    public bool IsDiscovery { get; init; }

    /// <summary>True for reports on media, on a port that is announced together with theirs: many who send media leave
    /// them out (RFC 3550 §6.2).</summary>
    public bool IsMediaReport { get; init; }

    /// <summary>Names of the rows that announce the ports of media in its calls, in most cases itself; empty for a
    /// protocol that sets up no calls.</summary>
    public ImmutableArray<string> MediaAnnouncers { get; init; } = [];

    /// <summary>True when the ends of a call try by it which way leads to the other before media take it (ICE, RFC 8445
    /// §7).</summary>
    public bool ChecksPaths { get; init; }

    /// <summary>True for the layer that any other protocol may be within: its name alone says nothing of the service
    /// (RFC 8446 §1).</summary>
    public bool IsSecurityLayer { get; init; }

    /// <summary>True when clients may ask by it to be connected to another host: it is served here, and what follows is
    /// that host's.</summary>
    public bool IsProxy { get; init; }

    /// <summary>True when programs of all kinds offer their services through it, each as an interface (C706 §2.1): its
    /// name says nothing of what is done.</summary>
    public bool HasInterfaces { get; init; }

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

    /// <summary>The first and the last of the TCP ports that it has for displays or sessions; null when its
    /// <see cref="TcpPorts"/> are all.</summary>
    public (ushort First, ushort Last)? DisplayPorts { get; init; }

    /// <summary>Its forms that should not be used any more.</summary>
    public ImmutableArray<ObsoleteForm> ObsoleteForms { get; init; } = [];

    /// <summary>
    /// ALPN names that stand for it within TLS (IANA "TLS Application-Layer Protocol Negotiation (ALPN) Protocol IDs",
    /// and some that are in use without being registered). One that ends in <c>*</c> stands for all names that begin as
    /// it does.
    /// </summary>
    internal ImmutableArray<string> AlpnNames { get; init; } = [];

    /// <summary>Reads which addresses have which names; null for a protocol that does not say.</summary>
    internal INameReader? Names { get; init; }

    /// <summary>Reads what its names can carry of other traffic; null for a protocol without names that are asked
    /// for.</summary>
    internal NameContentReader? NameContent { get; init; }

    /// <summary>Reads how clients prove who they are; null where every way is sound, or none is visible.</summary>
    internal ICredentialReader? Credentials { get; init; }

    /// <summary>Makes what follows one of its conversations for announced ports; null for a protocol that announces
    /// none.</summary>
    internal Func<IDynamicPortTracker>? Tracker { get; init; }

    /// <summary>Reads from the starts of both streams whether a request was refused; null for a protocol of which that
    /// is not read, or whose tracker reads it.</summary>
    internal RefusalReader? Refusals { get; init; }

    /// <summary>Condenses its handshake into notes that are kept until the flow ends; null for a protocol of which
    /// nothing is kept.</summary>
    internal HandshakeNoteWriter? HandshakeNotes { get; init; }
}
