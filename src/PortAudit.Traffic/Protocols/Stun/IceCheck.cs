using System.Buffers.Binary;
using PortAudit.Traffic.Identification;

namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>
/// Tells the checks of ICE (RFC 8445 §7, [MS-ICE2]), which media or DTLS follows on the same ports, from messages to a STUN server, which nothing follows.
/// </summary>
internal static class IceCheck
{
    private const int Binding = 1;
    private const int AttributeHeaderLength = 4;
    private const ushort Username = 0x0006;
    private const ushort MessageIntegrity = 0x0008;
    private const ushort Priority = 0x0024;
    private const ushort UseCandidate = 0x0025;
    private const ushort Controlled = 0x8029;
    private const ushort Controlling = 0x802A;

    /// <summary>CANDIDATE-IDENTIFIER of [MS-ICE2].</summary>
    private const ushort CandidateIdentifier = 0x8054;

    /// <summary>
    /// True for a Binding request with a user name and what only peers tell each other, for an answer with integrity (servers give none, RFC 8489 §9), for a
    /// keep-alive (RFC 8445 §11), and for any Binding message after a check.
    /// </summary>
    public static bool IsCheck(StunMessage message, in DatagramHistory earlier)
    {
        if (message.Method != Binding)
            return false;
        return message.Class switch
        {
            StunClass.Indication => true,
            StunClass.SuccessResponse => Has(message, MessageIntegrity) || Follows(earlier),
            StunClass.Request => IsPeerRequest(message) || Follows(earlier),
            _ => Follows(earlier),
        };
    }

    private static bool IsPeerRequest(StunMessage message)
    {
        // Before PRIORITY was defined (RFC 3489 with the first drafts of ICE), the user name of a peer was the only mark.
        if (!Has(message, Username))
            return false;
        return !message.HasCookie || Has(message, Priority) || Has(message, UseCandidate) || Has(message, Controlled) || Has(message, Controlling) || Has(message, CandidateIdentifier);
    }

    /// <summary>Of an earlier message only the head is known: a user name in a Binding request must do.</summary>
    private static bool Follows(in DatagramHistory earlier)
    {
        for (var i = 0; i < earlier.Count; i++)
        {
            if (StunMessage.TryParse(earlier[i].Head, out var message, out _) && message is { Method: Binding, Class: StunClass.Request } && Has(message, Username))
                return true;
        }

        return false;
    }

    private static bool Has(StunMessage message, ushort type)
    {
        var rest = message.Attributes;
        for (var i = 0; i < StunMessage.MaximumAttributes && rest.Length >= AttributeHeaderLength; i++)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(rest) == type)
                return true;

            // Values are padded to whole words (RFC 8489 §14).
            var length = AttributeHeaderLength + ((BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) + 3) & ~3);
            rest = rest[Math.Min(length, rest.Length)..];
        }

        return false;
    }
}
