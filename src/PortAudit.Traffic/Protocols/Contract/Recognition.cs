using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>Which end of a flow is the client, as far as the protocol's bytes say.</summary>
public enum ClientSide : byte
{
    /// <summary>The bytes do not say.</summary>
    Unknown,

    /// <summary>The end that sent <see cref="Conversation.FromOriginator"/>.</summary>
    Originator,

    /// <summary>The end that sent <see cref="Conversation.FromResponder"/>.</summary>
    Responder,
}

/// <summary>The side of a flow that a <see cref="ClientSide"/> names.</summary>
internal static class ClientSides
{
    /// <summary>The side; null when the bytes do not say.</summary>
    public static Side? SideOf(this ClientSide client, Side originator) => client switch
    {
        ClientSide.Unknown => null,
        ClientSide.Originator => originator,
        ClientSide.Responder => originator.Other(),
    };
}

/// <summary>What a recogniser found. A plain value: filling it allocates nothing.</summary>
public struct Recognition
{
    /// <summary>Finer name within the protocol, or what is inside TLS; null when unknown. One of a fixed set of
    /// strings, never text from the network.</summary>
    public string? Service { get; set; }

    /// <summary>What <see cref="Service"/> rests on.</summary>
    public IdentificationBasis ServiceBasis { get; set; }

    /// <summary>How much the match is worth.</summary>
    public MatchStrength Strength { get; set; }

    /// <summary>Who is the client, when the bytes say so.</summary>
    public ClientSide Client { get; set; }

    /// <summary>
    /// True when the protocol is proved yet more bytes would tell more (a TLS handshake under way): the recogniser is
    /// then called again as the streams grow, until it clears this or the bound is reached. For datagrams all
    /// recognisers are called again, as another protocol may follow on the same ports (media after the checks of ICE).
    /// </summary>
    public bool WantsMore { get; set; }

    /// <summary>
    /// TCP, with <see cref="WantsMore"/>: the end whose bytes alone would tell more, as what the other one sends is
    /// hidden from here on: its bytes are neither kept nor shown any more. Unknown while those of both may.
    /// </summary>
    internal ClientSide Awaits { get; set; }

    /// <summary>TCP: where the conversation goes over to another one; null while it does not.</summary>
    public ProtocolSwitch? Next { get; set; }

    /// <summary>
    /// TCP, while one direction alone was seen: where the conversation went over to another one, should the other
    /// direction never be seen. It counts when the work on the flow ends; until then <see cref="WantsMore"/> is set.
    /// </summary>
    public ProtocolSwitch? NextIfOneWay { get; set; }
}

/// <summary>
/// Where a TCP conversation goes over to another one that its two ends agreed on: TLS after STARTTLS, anything behind a
/// proxy's answer. What stands behind the offsets is shown to the recognisers as a conversation of its own.
/// </summary>
/// <param name="FromOriginator">Offset in <see cref="Conversation.FromOriginator"/>, in bytes.</param>
/// <param name="FromResponder">Offset in <see cref="Conversation.FromResponder"/>, in bytes.</param>
/// <param name="GoesOnInside">True when the protocol goes on within the next one (STARTTLS): it is the next one's
/// service. False when it only opened the way (a proxy).</param>
public readonly record struct ProtocolSwitch(int FromOriginator, int FromResponder, bool GoesOnInside)
{
    /// <summary>One into TLS within which the protocol goes on, by how much client and server sent before it.</summary>
    internal static ProtocolSwitch IntoTls(int fromClient, int fromServer, bool clientIsOriginator) =>
        Of(fromClient, fromServer, clientIsOriginator, goesOnInside: true);

    /// <summary>One behind what the client asked of a proxy and the proxy answered.</summary>
    internal static ProtocolSwitch ThroughProxy(int fromClient, int fromServer, bool clientIsOriginator) =>
        Of(fromClient, fromServer, clientIsOriginator, goesOnInside: false);

    private static ProtocolSwitch Of(int fromClient, int fromServer, bool clientIsOriginator, bool goesOnInside) =>
        clientIsOriginator
            ? new ProtocolSwitch(fromClient, fromServer, goesOnInside)
            : new ProtocolSwitch(fromServer, fromClient, goesOnInside);
}
