namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>
/// Tells the checks of ICE (RFC 8445 §7, [MS-ICE2]) from messages to a STUN server.
/// </summary>
internal static class IceCheck
{
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
}
