using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.Model;

/// <summary>States of a connection that a rule may ask for.</summary>
[Flags]
public enum ConnectionStates
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The first packet of a connection.</summary>
    New = 1,

    /// <summary>A packet of a connection that was let through before, in either direction.</summary>
    Established = 2,

    /// <summary>A packet that belongs to a known connection, such as an ICMP error or a data connection.</summary>
    Related = 4,

    /// <summary>A packet that fits no connection.</summary>
    Invalid = 8,

    /// <summary>A packet that is exempt from tracking.</summary>
    Untracked = 16,

    /// <summary>Any of them.</summary>
    All = New | Established | Related | Invalid | Untracked,
}

/// <summary>Where in a device a list of rules stands.</summary>
public enum PolicyHook
{
    /// <summary>What passes through the device.</summary>
    Forward,

    /// <summary>What is meant for the device or host itself.</summary>
    Input,

    /// <summary>What the device or host sends itself.</summary>
    Output,
}

/// <summary>A packet that is put to a policy.</summary>
/// <param name="Source">Address of the sender.</param>
/// <param name="Destination">Address of the receiver.</param>
/// <param name="Protocol">IP protocol.</param>
/// <param name="SourcePort">Port of the sender; null when not known or without ports.</param>
/// <param name="DestinationPort">Port of the receiver; null when not known or without ports.</param>
public readonly record struct PolicyProbe(IpAddress Source, IpAddress Destination, IpProtocol Protocol,
    ushort? SourcePort, ushort? DestinationPort)
{
    /// <summary>ICMP type; null when not known.</summary>
    public byte? IcmpType { get; init; }

    /// <summary>ICMP code; null when not known.</summary>
    public byte? IcmpCode { get; init; }

    /// <summary>State of the connection that it belongs to; a new connection unless said otherwise.</summary>
    public ConnectionStates State { get; init; } = ConnectionStates.New;

    /// <summary>Where it meets the device.</summary>
    public PolicyHook Hook { get; init; }

    /// <summary>Zone or interface that it comes from; null when not known.</summary>
    public string? FromZone { get; init; }

    /// <summary>Zone or interface that it leaves by; null when not known.</summary>
    public string? ToZone { get; init; }

    /// <summary>Network profile of Windows that holds for the host's interface, one of
    /// <see cref="PolicyCondition.Profiles"/>; null when not known.</summary>
    public string? Profile { get; init; }

    /// <summary>True when it goes from one zone to another, even if it is not known which ones these are.</summary>
    public bool CrossesZones { get; init; }

    /// <summary>True when an RPC endpoint mapper announced the destination port, false when not; null when not
    /// known.</summary>
    public bool? IsRpcPort { get; init; }
}
