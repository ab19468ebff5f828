using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>The client's side, as far as the protocol's bytes show.</summary>
public enum ClientSide : byte
{
    /// <summary>Unknown.</summary>
    Unknown,

    /// <summary>The sender of <see cref="Conversation.FromOriginator"/>.</summary>
    Originator,

    /// <summary>The sender of <see cref="Conversation.FromResponder"/>.</summary>
    Responder,
}

/// <summary>Conversion of <see cref="ClientSide"/>.</summary>
internal static class ClientSides
{
    /// <summary>The side of a flow; null when unknown.</summary>
    public static Side? SideOf(this ClientSide client, Side originator) => client switch
    {
        ClientSide.Unknown => null,
        ClientSide.Originator => originator,
        ClientSide.Responder => originator.Other(),
    };
}

/// <summary>Result of a recogniser. A plain value, filled without allocation.</summary>
public struct Recognition
{
    /// <summary>Specific service, or what is inside TLS; null when unknown. One of a fixed set of strings, never
    /// network data.</summary>
    public string? Service { get; set; }

    /// <summary>Basis of <see cref="Service"/>.</summary>
    public IdentificationBasis ServiceBasis { get; set; }

    /// <summary>Strength of the match.</summary>
    public MatchStrength Strength { get; set; }

    /// <summary>Side of the client, if known.</summary>
    public ClientSide Client { get; set; }

    /// <summary>True when the protocol is proved but more bytes would add details (an incomplete TLS handshake): the
    /// recogniser is called again as streams grow, until it clears this or the limit is reached. For datagrams all
    /// recognisers are called again, as another protocol may follow on the same ports (media after ICE
    /// checks).</summary>
    public bool WantsMore { get; set; }

    /// <summary>TCP, with <see cref="WantsMore"/>: the only side whose bytes are still of interest, as the other's are
    /// encrypted; those are no longer kept or shown. Unknown for both.</summary>
    internal ClientSide Awaits { get; set; }

    /// <summary>TCP: the switch to another protocol; null without one.</summary>
    public ProtocolSwitch? Next { get; set; }

    /// <summary>TCP, with one direction seen: the switch to another protocol if the other direction is never seen.
    /// Applied when identification ends; until then <see cref="WantsMore"/> is set.</summary>
    public ProtocolSwitch? NextIfOneWay { get; set; }
}

/// <summary>An agreed switch of a TCP conversation to another protocol: TLS after STARTTLS, anything after a proxy's
/// answer. The bytes after the offsets are shown to recognisers as a new conversation.</summary>
/// <param name="FromOriginator">Offset in <see cref="Conversation.FromOriginator"/>, in bytes.</param>
/// <param name="FromResponder">Offset in <see cref="Conversation.FromResponder"/>, in bytes.</param>
/// <param name="ContinuesInside">True when the protocol continues inside the next one (STARTTLS), as its service. False
/// for a proxy.</param>
public readonly record struct ProtocolSwitch(int FromOriginator, int FromResponder, bool ContinuesInside)
{
    /// <summary>A switch to TLS, with the protocol continuing inside, after these bytes of client and server.</summary>
    internal static ProtocolSwitch IntoTls(int fromClient, int fromServer, bool clientIsOriginator) =>
        Of(fromClient, fromServer, clientIsOriginator, continuesInside: true);

    /// <summary>A switch after the client's request to a proxy and the proxy's answer.</summary>
    internal static ProtocolSwitch ThroughProxy(int fromClient, int fromServer, bool clientIsOriginator) =>
        Of(fromClient, fromServer, clientIsOriginator, continuesInside: false);

    private static ProtocolSwitch Of(int fromClient, int fromServer, bool clientIsOriginator, bool continuesInside) =>
        clientIsOriginator
            ? new ProtocolSwitch(fromClient, fromServer, continuesInside)
            : new ProtocolSwitch(fromServer, fromClient, continuesInside);
}
