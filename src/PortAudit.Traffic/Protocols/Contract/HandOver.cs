namespace PortAudit.Traffic.Protocols.Contract;

/// <summary>
/// Where a TCP conversation goes over to another one that its two ends agreed on: TLS after STARTTLS, anything behind a
/// proxy's answer. What stands behind the offsets is shown to the recognisers as a conversation of its own.
/// </summary>
/// <param name="FromOriginator">Offset in <see cref="Conversation.FromOriginator"/>, in bytes.</param>
/// <param name="FromResponder">Offset in <see cref="Conversation.FromResponder"/>, in bytes.</param>
/// <param name="GoesOnInside">True when the protocol goes on within the next one (STARTTLS): it is the next one's
/// service. False when it only opened the way (a proxy).</param>
public readonly record struct HandOver(int FromOriginator, int FromResponder, bool GoesOnInside)
{
    /// <summary>One into TLS within which the protocol goes on, by how much client and server sent before it.</summary>
    internal static HandOver IntoTls(int fromClient, int fromServer, bool clientIsOriginator) =>
        Of(fromClient, fromServer, clientIsOriginator, goesOnInside: true);

    /// <summary>One behind what the client asked of a proxy and the proxy answered.</summary>
    internal static HandOver ThroughProxy(int fromClient, int fromServer, bool clientIsOriginator) =>
        Of(fromClient, fromServer, clientIsOriginator, goesOnInside: false);

    private static HandOver Of(int fromClient, int fromServer, bool clientIsOriginator, bool goesOnInside) =>
        clientIsOriginator
            ? new HandOver(fromClient, fromServer, goesOnInside)
            : new HandOver(fromServer, fromClient, goesOnInside);
}
