namespace PortAudit.Traffic.Protocols.Stun;

/// <summary>STUN attribute types in use here (RFC 8489 §18.3, RFC 8656 §18, RFC 6062 §6.2, RFC 8445 §16.1, [MS-TURN]
/// 2.2.2, [MS-ICE2] 2.2).</summary>
internal static class StunAttributeType
{
    /// <summary>MAPPED-ADDRESS: the client as seen by the server. In Microsoft's TURN the relayed address.</summary>
    public const ushort MappedAddress = 0x0001;

    /// <summary>USERNAME.</summary>
    public const ushort Username = 0x0006;

    /// <summary>MESSAGE-INTEGRITY.</summary>
    public const ushort MessageIntegrity = 0x0008;

    /// <summary>LIFETIME of an allocation, in seconds.</summary>
    public const ushort Lifetime = 0x000D;

    /// <summary>ALTERNATE-SERVER of Microsoft's TURN.</summary>
    public const ushort MicrosoftAlternateServer = 0x000E;

    /// <summary>DESTINATION-ADDRESS of Microsoft's TURN: the peer.</summary>
    public const ushort DestinationAddress = 0x0011;

    /// <summary>XOR-PEER-ADDRESS.</summary>
    public const ushort XorPeerAddress = 0x0012;

    /// <summary>XOR-RELAYED-ADDRESS.</summary>
    public const ushort XorRelayedAddress = 0x0016;

    /// <summary>REQUESTED-TRANSPORT: an IP protocol number and three reserved bytes.</summary>
    public const ushort RequestedTransport = 0x0019;

    /// <summary>XOR-MAPPED-ADDRESS.</summary>
    public const ushort XorMappedAddress = 0x0020;

    /// <summary>PRIORITY of a candidate.</summary>
    public const ushort Priority = 0x0024;

    /// <summary>USE-CANDIDATE.</summary>
    public const ushort UseCandidate = 0x0025;

    /// <summary>XOR-MAPPED-ADDRESS of Microsoft's TURN and of drafts before RFC 5389.</summary>
    public const ushort MicrosoftXorMappedAddress = 0x8020;

    /// <summary>ALTERNATE-SERVER.</summary>
    public const ushort AlternateServer = 0x8023;

    /// <summary>ICE-CONTROLLED.</summary>
    public const ushort Controlled = 0x8029;

    /// <summary>ICE-CONTROLLING.</summary>
    public const ushort Controlling = 0x802A;

    /// <summary>CANDIDATE-IDENTIFIER of [MS-ICE2].</summary>
    public const ushort CandidateIdentifier = 0x8054;

    /// <summary>MS-Alternate Mapped Address: the relayed IPv6 address besides an IPv4 one.</summary>
    public const ushort MicrosoftAlternateMappedAddress = 0x8090;
}
