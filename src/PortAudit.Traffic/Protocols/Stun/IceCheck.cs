using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>
/// Tells the checks of ICE (RFC 8445 §7, [MS-ICE2]), which media or DTLS follows on the same ports, from messages to a
/// STUN server, which nothing follows.
/// </summary>
internal static class IceCheck
{
    /// <summary>
    /// True for a Binding request with a user name and what only peers tell each other, for an answer with integrity
    /// (servers give none, RFC 8489 §9), for a keep-alive (RFC 8445 §11), and for any Binding message after a check.
    /// </summary>
    public static bool IsCheck(StunMessage message, in DatagramHistory earlier)
    {
        if (message.Method != StunMethod.Binding)
            return false;
        return message.Class switch
        {
            StunClass.Indication => true,
            StunClass.SuccessResponse => message.Has(StunAttributeType.MessageIntegrity) || Follows(earlier),
            StunClass.Request => IsPeerRequest(message) || Follows(earlier),
            _ => Follows(earlier),
        };
    }

    /// <summary>
    /// True for a message that only the peers of ICE send each other, as it tells by itself: a Binding request with a
    /// user name and what a check brings, or an answer to one.
    /// </summary>
    public static bool IsOfPeers(StunMessage message) => message.Method == StunMethod.Binding && message.Class switch
    {
        StunClass.Request => IsPeerRequest(message),
        StunClass.SuccessResponse => message.Has(StunAttributeType.MessageIntegrity),
        _ => false,
    };

    private static bool IsPeerRequest(StunMessage message)
    {
        // Before PRIORITY was defined (RFC 3489 with the first drafts of ICE), the user name of a peer was the only
        // mark.
        if (!message.Has(StunAttributeType.Username))
            return false;
        return !message.HasCookie || message.Has(StunAttributeType.Priority)
            || message.Has(StunAttributeType.UseCandidate) || message.Has(StunAttributeType.Controlled)
            || message.Has(StunAttributeType.Controlling) || message.Has(StunAttributeType.CandidateIdentifier);
    }

    /// <summary>Of an earlier message only the head is known: a user name in a Binding request must do.</summary>
    private static bool Follows(in DatagramHistory earlier)
    {
        for (var i = 0; i < earlier.Count; i++)
        {
            if (StunMessage.TryParse(earlier[i].Head, out var message, out _)
                && message is { Method: StunMethod.Binding, Class: StunClass.Request }
                && message.Has(StunAttributeType.Username))
                return true;
        }

        return false;
    }
}
