namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>Distinguishes ICE checks (RFC 8445 §7, [MS-ICE2]) from messages to a STUN server.</summary>
internal static class IceCheck
{
    /// <summary>True for a message that by itself proves to be between ICE peers: a Binding request with a user name
    /// and attributes of a check, or its response.</summary>
    public static bool IsOfPeers(StunMessage message) => message.Method == StunMethod.Binding && message.Class switch
    {
        StunClass.Request => IsPeerRequest(message),
        StunClass.SuccessResponse => message.Has(StunAttributeType.MessageIntegrity),
        _ => false,
    };

    private static bool IsPeerRequest(StunMessage message)
    {
        // Before PRIORITY was defined (RFC 3489 with ICE's first drafts), only the peer's user name distinguished a
        // check.
        if (!message.Has(StunAttributeType.Username))
            return false;
        return !message.HasCookie || message.Has(StunAttributeType.Priority)
            || message.Has(StunAttributeType.UseCandidate) || message.Has(StunAttributeType.Controlled)
            || message.Has(StunAttributeType.Controlling) || message.Has(StunAttributeType.CandidateIdentifier);
    }
}
